package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.api.FirstInjection;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.PreRolloutBackup;
import dev.jellykeep.operator.api.RolloutStrategy;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Presence;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds in every situation, by seeds; `-Dseed=42` runs that one.
class DeciderPropertiesTest {
    private static final UUID OTHER = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    private static final String NEW = "jellyfin--0000005";
    private static final int ROUNDS = 1500;

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, ROUNDS) : LongStream.of(only);
    }

    private static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static Case random(long seed) {
        Random random = new Random(seed);
        Case at = new Case();
        if (random.nextInt(3) == 0) {
            at.app = Worlds.randomApp(random);
            at.ready();
        }
        at.spec(specText(random));
        if (random.nextInt(4) != 0 && Planner.plan(at.input()) instanceof Plan.Patch) {
            at.app = at.sent();
            at.memory = new Memory(at.digest(), random.nextInt(3), List.of(), null, null, null);
        }
        spoil(at, random);
        at.generation = random.nextInt(3);
        if (random.nextInt(3) == 0) {
            at.spec(specText(random));
        }
        if (random.nextInt(6) == 0) {
            at.image = "ghcr.io/jellykeep/agent:1.1.0";
        }
        memory(at, random);
        archives(at, random);
        running(at, random);
        rollout(at, random);
        return at;
    }

    private static String specText(Random random) {
        List<String> members = new ArrayList<>();
        members.add("containerApp: {container: " + (random.nextInt(20) == 0 ? "nobody" : "jellyfin") + "}");
        members.add("mode: " + (random.nextInt(6) == 0 ? "Plan" : "Enforce"));
        members.add("suspend: " + (random.nextInt(6) == 0));
        members.add("interval: " + one(random, List.of("15m", "1h")));
        members.add("rollout: {strategy: " + one(random, List.of("WhenIdle", "Recreate", "Overlap"))
                + ", preRolloutBackup: " + one(random, List.of("Required", "BestEffort", "Disabled"))
                + ", maxWait: " + one(random, List.of("24h", "1m")) + ", firstInjection: "
                + one(random, List.of("Safe", "Safe", "DiscardRunningData")) + "}");
        members.add("drift: {mode: " + one(random, List.of("Correct", "Correct", "Warn")) + ", correctionBudget: {max: "
                + (1 + random.nextInt(3)) + ", window: " + one(random, List.of("1h", "0s", "24h", "999999999h"))
                + "}}");
        if (random.nextInt(5) == 0) {
            members.add("storage: {container: elsewhere}");
        }
        return String.join(", ", members);
    }

    private static void spoil(Case at, Random random) {
        switch (random.nextInt(7)) {
            case 0 -> at.app = Worlds.without(at.app, "jellykeep-agent");
            case 1 -> at.app = Worlds.without(at.app, "jellykeep-restore");
            case 2 -> at.app = Worlds.without(at.app, "jellykeep-restore", "jellykeep-agent");
            case 3 -> {
                if (at.app.toString().contains("jellykeep-agent")) {
                    Worlds.ours(at.app, "jellykeep-agent").putArray("args").add("sleep");
                }
            }
            default -> {}
        }
        at.properties()
                .put("provisioningState", one(random, List.of("Succeeded", "Succeeded", "Failed", "InProgress")));
        if (random.nextInt(12) == 0) {
            at.properties().remove("latestRevisionName");
        }
        if (random.nextInt(12) == 0) {
            at.app.remove("systemData");
        }
        if (random.nextInt(9) == 0) {
            ((ObjectNode) at.app.at("/properties/template/volumes/0"))
                    .put("storageType", "AzureFile")
                    .put("mountOptions", random.nextBoolean() ? "nobrl" : "");
        }
    }

    private static void memory(Case at, Random random) {
        if (random.nextInt(6) == 0) {
            at.memory = Memory.empty();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            at.memory = at.memory.corrected(time(random));
        }
        if (random.nextInt(3) == 0) {
            at.memory = at.memory.waiting(time(random));
        }
        if (random.nextInt(3) == 0) {
            at.memory = at.memory.drifting(time(random));
        }
    }

    private static Instant time(Random random) {
        return Case.NOW.plusSeconds(random.nextInt(100_000) - 90_000);
    }

    private static void archives(Case at, Random random) {
        at.annotations.putAll(random.nextInt(3) == 0 ? Map.of(Situation.RESCUED, Case.HEAD) : Map.of());
        Instant modified = Case.NOW.minusSeconds(random.nextInt(8000));
        if (random.nextBoolean()) {
            at.archive(Case.HEAD, modified, random.nextInt(8) == 0 ? OTHER : Case.LINEAGE);
        } else {
            at.blob(new BlobFacts(Case.HEAD, 9, "e", modified, Map.of()));
        }
        switch (random.nextInt(9)) {
            case 0 -> at.reading = new Reading.Missing();
            case 1 -> at.reading = new Reading.Unreadable("e", "why");
            case 2 -> at.document(LineageDocument.fresh(OTHER, random.nextBoolean() ? Worlds.APP : null));
            case 3 -> at.document(Case.line(true, null).withApp(Worlds.APP + "2"));
            case 4 ->
                at.view = new ArchivesView.Hidden(
                        one(random, List.of("StorageForbidden", "StorageUnreachable", "ContainerNotFound")), "why");
            case 5 -> {}
            default -> at.document(Case.line(random.nextBoolean(), Case.HOLDER));
        }
        if (random.nextBoolean()) {
            at.report(Case.HOLDER, one(random, List.of("holding", "ended")), Duration.ofSeconds(random.nextInt(600)));
        }
        if (random.nextInt(8) == 0) {
            at.planned = OTHER;
        }
    }

    private static void rollout(Case at, Random random) {
        if (random.nextInt(3) != 0) {
            return;
        }
        String plan =
                Planner.plan(at.input()) instanceof Plan.Patch patch && random.nextBoolean() ? patch.digest() : "p";
        var document = new RolloutDocument(
                "t",
                plan,
                one(random, List.of(Case.OLD, NEW)),
                Case.OLD,
                one(random, List.of(Stage.values())),
                random.nextInt(4) == 0,
                List.of());
        at.rollout = new ArchivesView.Seen.Rollout(
                document, Duration.ofSeconds(one(random, List.of(5, 61, 200, 400, 700, 4000))), random.nextBoolean());
        if (random.nextBoolean()) {
            at.report(
                    ReportDraft.of(Case.blank(one(random, List.of(Case.HOLDER, "other")), "holding"))
                            .answer(new ReplicaReport.Answer(
                                    AgentRequests.backup("t"),
                                    one(random, List.of("promoted", "unchanged", "fork", "refused: SHRINK")),
                                    one(random, List.of(Case.HEAD, "backup-20200101000000.tar.gz")),
                                    Case.NOW))
                            .build(),
                    Duration.ofSeconds(random.nextInt(600)));
        }
    }

    private static void running(Case at, Random random) {
        if (random.nextInt(8) == 0) {
            at.running = null;
            return;
        }
        Map<String, List<Replica>> replicas = new HashMap<>();
        List<Revision> revisions = new ArrayList<>();
        for (String name : List.of(Case.OLD, NEW)) {
            if (random.nextInt(10) != 0) {
                revisions.add(new Revision(
                        name,
                        random.nextInt(4) != 0,
                        Case.NOW.minusSeconds(9000),
                        random.nextInt(2),
                        "",
                        one(random, List.of("Provisioned", "Failed")),
                        one(random, List.of("Running", "Failed", "Degraded", "ScaledToZero", "")),
                        random.nextInt(9) == 0 ? "image not found" : "",
                        ""));
            }
            if (random.nextInt(10) != 0) {
                List<Replica> some = new ArrayList<>();
                for (int i = random.nextInt(5) - 2; i > 0; i--) {
                    Instant created = random.nextInt(6) == 0 ? null : Case.NOW.minusSeconds(random.nextInt(9000));
                    some.add(
                            random.nextBoolean()
                                    ? Case.replica(name + "-" + i, created, Case.container("jellyfin", true))
                                    : Case.replica(
                                            name + "-" + i,
                                            created,
                                            Case.container("jellyfin", random.nextBoolean()),
                                            Case.container("jellykeep-agent", true)));
                }
                replicas.put(name, some);
            }
        }
        at.running = new Running(revisions, replicas);
        if (random.nextBoolean() && at.properties().has("latestRevisionName")) {
            at.properties().put("latestRevisionName", NEW);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_that_a_replica_alone_holds_is_dropped_unasked(long seed) {
        Case at = random(seed);
        Situation now = at.situation();
        if (!(Decider.decide(now).action() instanceof Decision.Action.Send send)
                || !send.body().at("/properties").has("template")) {
            return;
        }
        assertThat(now.running()).as("sent without looking").isNotNull();
        List<Replica> all =
                java.util.Objects.requireNonNull(now.running()).all().toList();
        boolean bare = all.stream()
                .anyMatch(each -> each.containers().stream()
                        .noneMatch(container -> container.name().equals("jellykeep-agent")));
        boolean first = ((Plan.Patch) now.plan()).firstInjection();
        boolean overlap = at.spec.rollout().strategy() == RolloutStrategy.OVERLAP;
        boolean chosen = at.spec.rollout().strategy() != RolloutStrategy.WHEN_IDLE;
        boolean discard = at.spec.rollout().firstInjection() == FirstInjection.DISCARD_RUNNING_DATA;
        boolean unlisted = now.running().revisions().stream()
                .anyMatch(each -> each.active() && !now.running().lists(each.name()));
        if (all.isEmpty() && !unlisted) {
            return;
        }
        boolean sealedAtItsEnd = ended(now);
        if (sealedAtItsEnd) {
            return;
        }
        assertThat(discard || rescued(at, all) || (overlap && !first && !bare && !unlisted && answered(at)))
                .as("replicas %s, unlisted %s, bare %s, first %s", all, unlisted, bare, first)
                .isTrue();
        if (!first) {
            assertThat(chosen).isTrue();
        }
    }

    /// Its replica was told to stop, and called its line sealed after that.
    private static boolean ended(Situation now) {
        var left = now.rollout();
        return left.isPresent()
                && left.get().document().stage() != Stage.ASKED
                && left.get().document().stage() != Stage.ENDED
                && (left.get().document().stage() == Stage.REFUSED
                        || (left.get().lineageSince()
                                && now.archives() instanceof ArchivesView.Seen seen
                                && seen.document().orElseThrow().sealed()));
    }

    /// Or the policy does without an answer.
    private static boolean answered(Case at) {
        return at.spec.rollout().preRolloutBackup() != PreRolloutBackup.REQUIRED
                || at.reports.stream()
                        .filter(each -> each.report().replica().equals(Case.HOLDER))
                        .flatMap(each -> each.report().answers().stream())
                        .anyMatch(each -> List.of("promoted", "unchanged").contains(each.result())
                                && Case.HEAD.equals(each.archive()))
                || at.reports.stream().noneMatch(each -> each.age().compareTo(Duration.ofMinutes(150)) < 0);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobody_is_stopped_whose_data_nobody_saves(long seed) {
        Case at = random(seed);
        Situation now = at.situation();
        if (!(Decider.decide(now).action() instanceof Decision.Action.Stop(String revision, var rollout, var _))) {
            return;
        }
        assertThat(now.running()).as("stopped without looking").isNotNull();
        assertThat(now.plan()).isInstanceOf(Plan.Patch.class);
        assertThat(at.spec.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(rollout.stage()).isEqualTo(Stage.STOPPING);
        assertThat(rollout.replaces()).isEqualTo(now.latest());
        boolean again = now.rollout()
                .filter(each -> each.document().stage() == Stage.STOPPING)
                .isPresent();
        boolean onShare = at.app.toString().contains("AzureFile");
        assertThat(again || answered(at)).as("revision %s", revision).isTrue();
        assertThat(again
                        || onShare
                        || !java.util.Objects.requireNonNull(now.running()).anyUnsaved())
                .as("a replica without sidecar in %s", revision)
                .isTrue();
    }

    private static boolean rescued(Case at, List<Replica> all) {
        var head = at.archives.get(Case.HEAD);
        return at.annotations.containsKey(Situation.RESCUED)
                && head != null
                && all.stream()
                        .allMatch(each -> each.created() != null
                                && each.created().isBefore(head.blob().lastModified()))
                && !head.blob().lastModified().isBefore(Case.NOW.minusSeconds(3600));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_sent_where_it_must_not_be(long seed) {
        Case at = random(seed);
        Situation now = at.situation();
        if (!(Decider.decide(now).action() instanceof Decision.Action.Send send)) {
            return;
        }
        assertThat(at.spec.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(now.plan()).isInstanceOf(Plan.Patch.class);
        assertThat(at.app.at("/properties/provisioningState").asText()).isNotEqualTo("InProgress");
        UUID live = now.live().map(LiveInjection::lineage).map(LineageId::value).orElse(null);
        UUID sent = LiveInjection.of(send.body())
                .map(LiveInjection::lineage)
                .map(LineageId::value)
                .orElseThrow();
        if (now.archives() instanceof ArchivesView.Seen seen) {
            assertThat(seen.document()).as("sent without lineage.json").isPresent();
            LineageDocument document = seen.document().orElseThrow();
            assertThat(document.app()).isIn(null, Worlds.APP);
            assertThat(sent).isEqualTo(document.lineage());
        }
        assertThat(live).isIn(null, sent);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void equal_situations_are_decided_alike_and_every_one_is_decided(long seed) {
        Decision first = random(seed).decide();
        assertThat(random(seed).decide()).isEqualTo(first);
        assertThat(first.progress().message()).isNotEmpty();
        assertThat(first.again().isNegative()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_was_sent_settles_and_is_not_sent_again(long seed) {
        Case at = random(seed);
        Decision decision = at.decide();
        if (!(decision.action() instanceof Decision.Action.Send send)) {
            return;
        }
        at.app = Worlds.patched(at.app, send.body());
        at.memory = decision.memory();
        String newer = "jellyfin--0000006";
        at.properties().put("provisioningState", "Succeeded").put("latestRevisionName", newer);
        at.properties().put("latestReadyRevisionName", newer);
        at.runs();
        assertThat(Planner.plan(at.input())).isInstanceOf(Plan.UpToDate.class);
        Decision next = at.decide();
        Says.ready(next, "Succeeded");
        at.memory = next.memory();
        at.now = at.now.plusSeconds(600);
        Decision last = at.decide();
        Says.ready(last, "Succeeded");
        assertThat(last.memory().driftSince()).isNull();
    }

    /// Terraform, a pipeline and a person fight for a day against one budget, with spec edits and clocks that jump.
    @ParameterizedTest
    @MethodSource("fights")
    void a_fight_never_costs_more_than_the_budget(long seed) {
        Random random = new Random(seed);
        int max = 1 + random.nextInt(3);
        String text = "drift: {correctionBudget: {max: " + max
                + "}}, rollout: {firstInjection: DiscardRunningData, strategy: "
                + one(random, List.of("WhenIdle", "Overlap")) + "}";
        Case at = new Case().spec(text);
        at.app = at.sent();
        at.ready().sealed();
        at.memory = at.decide().memory();
        List<Instant> sends = new ArrayList<>();
        for (int minute = 0; minute < 300; minute += 1 + random.nextInt(9)) {
            at.now = Case.NOW.plusSeconds(60L * minute).plusMillis(random.nextInt(1000));
            ObjectNode whole = at.app.deepCopy();
            spoilForGood(at, random);
            if (random.nextInt(3) == 0) {
                at.edited(text + ", suspend: " + random.nextBoolean());
            }
            Decision decision = at.decide();
            if (decision.action() instanceof Decision.Action.Send send) {
                sends.add(at.now);
                at.app = Worlds.patched(at.app, send.body());
                at.ready();
            } else if (random.nextInt(3) == 0) {
                at.app = whole;
            }
            at.memory = decision.memory();
            Instant from = at.now.minus(Duration.ofHours(1));
            assertThat(sends.stream().filter(each -> !each.isBefore(from)))
                    .as("seed %d, minute %d", seed, minute)
                    .hasSizeLessThanOrEqualTo(max);
        }
        assertThat(sends).isNotEmpty();
    }

    static LongStream fights() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 150) : LongStream.of(only);
    }

    private static void spoilForGood(Case at, Random random) {
        if (!at.app.toString().contains("\"jellykeep-agent\"")) {
            return;
        }
        switch (random.nextInt(5)) {
            case 0 -> at.app = Worlds.without(at.app, "jellykeep-agent");
            case 1 -> at.app = Worlds.without(at.app, "jellykeep-restore");
            case 2 -> at.app = Worlds.without(at.app, "jellykeep-restore", "jellykeep-agent");
            case 3 -> Worlds.ours(at.app, "jellykeep-agent").put("image", "ghcr.io/jellykeep/agent:0.9.0");
            default -> Worlds.ours(at.app, "jellykeep-agent").putArray("args").add("sleep");
        }
    }

    @Test
    void the_generator_reaches_what_the_properties_are_about() {
        Map<String, Integer> seen = new HashMap<>();
        seeds().forEach(seed -> {
            Case at = random(seed);
            Decision decision = at.decide();
            seen.merge(decision.action().getClass().getSimpleName(), 1, Integer::sum);
            seen.merge(decision.progress().reason(), 1, Integer::sum);
            if (decision.action() instanceof Decision.Action.Send && at.running != null && !at.running.none()) {
                seen.merge("SendBesideReplica", 1, Integer::sum);
                Presence live = ((Plan.Patch) at.situation().plan()).live();
                seen.merge("SendBesideReplica" + live, 1, Integer::sum);
            }
        });
        if (Long.getLong("seed") == null) {
            assertThat(seen)
                    .containsKeys(
                            "Send",
                            "LookCloser",
                            "CreateDocument",
                            "UnsavedDataWouldBeLost",
                            "WaitingForIdle",
                            "RolloutFailed",
                            "ConflictingManager",
                            "DriftReported",
                            "LineageMissing",
                            "LineageOfOtherApp",
                            "LineageUnknown",
                            "LineageUnreadable",
                            "ContainerNotFound",
                            "InvalidSpec",
                            "Planned",
                            "Succeeded",
                            "AwaitingFirstStart",
                            "SendBesideReplicaNONE",
                            "SendBesideReplicaWHOLE",
                            "SendBesideReplicaRESTORE_ONLY");
        }
    }
}
