package dev.jellykeep.operator.decide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One policy's situation, made step by step; plans are the planner's own. Begins as an app that runs uninjected,
/// with a fresh lineage document.
public final class Case {
    public static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    public static final UUID LINEAGE =
            LineageId.ofApp(new AppResourceId(Worlds.APP)).value();
    public static final String HEAD = "backup-20261120110000.tar.gz";
    public static final String HOLDER = "3f2c1a90-0000-4000-8000-000000000001";
    public static final String OLD = "jellyfin--0000004";

    public ObjectNode app = Worlds.app();
    public PolicySpec spec = Worlds.spec("");
    public long generation = 1;
    public Map<String, String> annotations = new HashMap<>();
    public String image = Worlds.IMAGE;
    public UUID planned = LINEAGE;
    public @Nullable Plan plan;
    public @Nullable Running running = new Running(List.of(revision(OLD)), Map.of(OLD, List.of()));
    public Reading reading = present(LineageDocument.fresh(LINEAGE, Worlds.APP));
    public final Map<String, Catalogue.Item> archives = new TreeMap<>();
    public final Map<String, List<BlobFacts>> folders = new TreeMap<>();
    public final List<Protection.Replica> reports = new ArrayList<>();
    public boolean suspended;
    public ArchivesView.Seen.@Nullable Rollout rollout;
    public @Nullable ArchivesView view;
    public Memory memory = Memory.empty();
    public Instant now = NOW;
    public com.fasterxml.jackson.databind.@Nullable JsonNode stable;

    public Case() {
        ready();
    }

    public static Case injected() {
        Case made = new Case();
        made.app = made.sent();
        made.memory = made.memory.settled(made.digest(), made.generation);
        return made;
    }

    public Case spec(String yaml) {
        spec = Worlds.spec(yaml);
        return this;
    }

    public Case edited(String yaml) {
        generation++;
        return spec(yaml);
    }

    /// The app as it is once the plan was carried out.
    public ObjectNode sent() {
        return Worlds.patched(app, ((Plan.Patch) Planner.plan(input())).body());
    }

    public PlanInput input() {
        return Worlds.input(app, spec, planned, image);
    }

    public @Nullable String digest() {
        return Worlds.digest(input());
    }

    public ObjectNode properties() {
        return (ObjectNode) app.path("properties");
    }

    /// Latest revision is the ready one.
    public Case ready() {
        properties().put("latestRevisionName", OLD).put("latestReadyRevisionName", OLD);
        return this;
    }

    /// A newer revision isn't ready yet.
    public Case rolling(Revision newest, Replica... replicas) {
        properties().put("latestRevisionName", newest.name()).put("latestReadyRevisionName", OLD);
        Map<String, List<Replica>> all = new HashMap<>(running == null ? Map.of() : running.replicas());
        all.put(newest.name(), List.of(replicas));
        running = new Running(List.of(revision(OLD), newest), all);
        return this;
    }

    public Case runs(Replica... replicas) {
        running = new Running(List.of(revision(OLD)), Map.of(OLD, List.of(replicas)));
        return this;
    }

    public Case document(LineageDocument document) {
        reading = present(document);
        return this;
    }

    /// Sealed, with a head.
    public Case sealed() {
        archive(HEAD, NOW.minusSeconds(3600), LINEAGE);
        return document(line(true, HOLDER));
    }

    /// Held by a replica that reports.
    public Case held() {
        archive(HEAD, NOW.minusSeconds(3600), LINEAGE);
        report(HOLDER, "holding", Duration.ofSeconds(20));
        return document(line(false, HOLDER));
    }

    public static LineageDocument line(boolean sealed, @Nullable String holder) {
        return new LineageDocument(
                LINEAGE,
                Worlds.APP,
                1,
                holder,
                sealed,
                List.of(new Listed(HEAD, "00", 1, 1)),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null);
    }

    public Case archive(String name, Instant modified, UUID lineage) {
        return blob(new BlobFacts(name, 1000, "e", modified, facts(lineage).toMetadata()));
    }

    public Case blob(BlobFacts blob) {
        archives.put(
                blob.name(),
                new Catalogue.Item(
                        blob,
                        BlobLayout.classify(blob.name()),
                        ArchiveFacts.from(blob.metadata()).orElse(null)));
        return this;
    }

    public static ArchiveFacts facts(UUID lineage) {
        return new ArchiveFacts(
                lineage,
                HOLDER,
                1,
                1,
                null,
                ArchiveKind.SCHEDULED,
                NOW.minusSeconds(3600),
                "00",
                "00",
                100,
                1,
                1,
                null,
                null,
                null,
                null);
    }

    public Case report(String replica, String phase, Duration age) {
        return report(blank(replica, phase).at(NOW.minus(age)), age);
    }

    public Case report(ReplicaReport report, Duration age) {
        reports.add(new Protection.Replica(report, age));
        return this;
    }

    public static ReplicaReport blank(String replica, String phase) {
        return ReportDraft.blank(replica, null, phase, "agent", null, null);
    }

    public ArchivesView archives() {
        return view != null
                ? view
                : new ArchivesView.Seen(reading, new Catalogue(archives, folders), reports, Set.of(), suspended, now)
                        .with(rollout);
    }

    public Situation situation() {
        return new Situation(
                Worlds.APP,
                spec,
                generation,
                annotations,
                app,
                plan == null ? Planner.plan(input()) : plan,
                digest(),
                running,
                archives(),
                memory,
                now,
                Worlds.POLICY,
                stable);
    }

    public Decision decide() {
        return Decider.decide(situation());
    }

    static Reading present(LineageDocument document) {
        return new Reading.Present(document, "e", Duration.ZERO);
    }

    public static Revision revision(String name) {
        return revision(name, "Provisioned", "Running");
    }

    public static Revision revision(String name, String provisioning, String state) {
        return new Revision(name, true, NOW.minusSeconds(7200), 0, "Healthy", provisioning, state, "", "");
    }

    /// Of a template without our sidecar.
    public static Replica bare(String name) {
        return replica(name, NOW.minusSeconds(3000), container("jellyfin", true));
    }

    /// With our sidecar.
    public static Replica whole(String name) {
        return replica(name, NOW.minusSeconds(3000), container("jellyfin", true), container("jellykeep-agent", true));
    }

    public static Replica replica(String name, @Nullable Instant created, ContainerStatus... containers) {
        return new Replica(name, created, "Running", "", List.of(), List.of(containers));
    }

    public static ContainerStatus container(String name, boolean ready) {
        return new ContainerStatus(
                name, ready, ready ? 0 : 4, ready ? "Running" : "Waiting", ready ? "" : "CrashLoopBackOff");
    }
}
