package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.operator.api.FirstInjection;
import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.PreRolloutBackup;
import dev.jellykeep.operator.api.RolloutStrategy;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Presence;
import dev.jellykeep.operator.desired.Worlds;
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
    private static final int ROUNDS = 1500;

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, ROUNDS) : LongStream.of(only);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_that_a_replica_alone_holds_is_dropped_unasked(long seed) {
        Case at = AnyCase.of(seed);
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
        Case at = AnyCase.of(seed);
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
        Case at = AnyCase.of(seed);
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
        Decision first = AnyCase.of(seed).decide();
        assertThat(AnyCase.of(seed).decide()).isEqualTo(first);
        assertThat(first.progress().message()).isNotEmpty();
        assertThat(first.again().isNegative()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void what_was_sent_settles_and_is_not_sent_again(long seed) {
        Case at = AnyCase.of(seed);
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
                + AnyCase.one(random, List.of("WhenIdle", "Overlap")) + "}";
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
            Case at = AnyCase.of(seed);
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
