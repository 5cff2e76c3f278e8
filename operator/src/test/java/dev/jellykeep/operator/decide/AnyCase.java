package dev.jellykeep.operator.decide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
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

/// Situations of all kinds, each known by its seed.
final class AnyCase {
    private static final UUID OTHER = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    private static final String NEW = "jellyfin--0000005";

    private AnyCase() {}

    static <T> T one(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static Case of(long seed) {
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
}
