package dev.jellykeep.contract.protection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Refusal;
import dev.jellykeep.contract.protection.Protection.Replica;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nobody is told that their data are safe when they aren't.
class ProtectionTest {
    private static final Duration HEARD_OF = Duration.ofMinutes(5);
    private static final Duration RECOVERY_POINT = Duration.ofHours(2);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Listed HEAD = new Listed("backup-20260301110000.tar.gz", "sha", 1, 1);
    private static final LineageDocument EMPTY = LineageDocument.fresh(UUID.randomUUID(), null);
    private static final LineageDocument SEALED = EMPTY.withLine(List.of(HEAD), List.of());
    private static final LineageDocument HELD = SEALED.withHolder("me", 2);

    private static ReplicaReport report(String replica, String phase) {
        return ReportDraft.blank(replica, null, phase, "agent", null, null);
    }

    private static Replica fresh(ReplicaReport report) {
        return new Replica(report, Duration.ofSeconds(10));
    }

    private static Replica unsavedFor(Duration then) {
        ReplicaReport report = ReportDraft.of(report("me", "holding"))
                .unsavedSince(NOW.minus(then))
                .build()
                .at(NOW);
        return fresh(report);
    }

    private static Replica refused(String replica, String phase, String reason) {
        return fresh(ReportDraft.of(report(replica, phase))
                .refused(new ReplicaReport.Refused(reason, "the sentence", null, NOW))
                .build());
    }

    private static Protection judge(@Nullable LineageDocument document, Replica... replicas) {
        return Protection.judge(document, true, List.of(replicas), 0, RECOVERY_POINT, HEARD_OF);
    }

    private static void isNot(Protection verdict, String reason, String part) {
        assertThat(verdict.ok()).as(verdict.toString()).isFalse();
        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.sentence()).contains(part);
    }

    @Test
    void whoIsSealedOrHeldByOneThatReportsIsProtected() {
        assertThat(judge(SEALED)).isEqualTo(new Protection(true, "Protected", "sealed: nothing is unsaved"));
        assertThat(judge(HELD, fresh(report("me", "holding"))))
                .isEqualTo(new Protection(true, "Protected", "the holder reports"));
    }

    @Test
    void nothingThatCouldBeRestoredIsNoProtection() {
        isNot(judge(null), "LineageMissing", "lineage.json");
        isNot(judge(EMPTY), "NoBackupYet", "no backup yet");
        isNot(
                Protection.judge(SEALED, false, List.of(), 0, RECOVERY_POINT, HEARD_OF),
                "HeadMissing",
                "is gone: " + HEAD.name());
    }

    @ParameterizedTest
    @CsvSource({"NO_USER, SetupNotFinished", "WIZARD, SetupNotFinished", "SHRINK, BackupRefused"})
    void whyThereIsNoBackupYetIsToldBeforeThatThereIsNone(String guard, String reason) {
        isNot(judge(EMPTY.withHolder("me", 1), refused("me", "holding", guard)), reason, "the sentence");
    }

    @Test
    void aRefusedSnapshotIsToldWhoeverRefusedIt() {
        isNot(judge(HELD, refused("me", "holding", "WIZARD")), "BackupRefused", "(WIZARD): the sentence");
        isNot(judge(HELD, refused("other", "standby", "SHRINK")), "BackupRefused", "(SHRINK)");
        isNot(
                judge(HELD, fresh(report("me", "holding")), refused("other", "standby", "SHRINK")),
                "SecondReplica",
                "other");
        isNot(
                judge(SEALED.withState(true, new Refusal("INTEGRITY", null))),
                "BackupRefused",
                "the final snapshot was refused: INTEGRITY");
        assertThat(judge(SEALED, refused("me", "ended", "SHRINK")).ok())
                .as("who has ended refuses nothing any more")
                .isTrue();
    }

    @Test
    void whoEndedWhileItsAppWasStillWritingIsNotSealed() {
        isNot(judge(SEALED.withState(false, null)), "NotSealed", "still writing");
    }

    @Test
    void aHolderThatIsNotHeardOfProtectsNothing() {
        isNot(judge(HELD), "AgentSilent", "the holder me has not been heard of");
        isNot(judge(HELD, new Replica(report("me", "holding"), HEARD_OF)), "AgentSilent", " for 300 s");
        assertThat(judge(HELD, new Replica(report("me", "holding"), HEARD_OF.minusMillis(1)))
                        .ok())
                .isTrue();
        isNot(judge(HELD, fresh(report("me", "ended"))), "AgentSilent", "me");
        isNot(judge(HELD, fresh(report("other", "standby"))), "AgentSilent", "the holder me");
    }

    @Test
    void whatTheHeadLacksIsToldListedOrNot() {
        Fork fork = new Fork(null, "me", Fork.Why.STANDBY, List.of(new Listed("forks/me/b", "sha", 1, 2)));
        isNot(judge(SEALED.withLine(List.of(HEAD), List.of(fork))), "ForksFound", "1 forks");
        isNot(
                Protection.judge(
                        SEALED.withLine(List.of(HEAD), List.of(fork)), true, List.of(), 2, RECOVERY_POINT, HEARD_OF),
                "ForksFound",
                "3 forks");
        isNot(Protection.judge(SEALED, true, List.of(), 1, RECOVERY_POINT, HEARD_OF), "ForksFound", "1 forks");
    }

    @Test
    void whoRunsBesideTheHolderIsTold() {
        Replica me = fresh(report("me", "holding"));
        isNot(judge(HELD, me, fresh(report("other", "standby"))), "SecondReplica", "replica other runs too");
        isNot(judge(SEALED, fresh(report("me", "holding"))), "SecondReplica", "me");
        assertThat(judge(HELD, me, fresh(report("other", "restored"))).ok())
                .as("it has only just begun")
                .isTrue();
        assertThat(judge(HELD, me, fresh(report("other", "ended"))).ok()).isTrue();
    }

    @Test
    void aChangeThatIsUnsavedForTooLongIsTold() {
        assertThat(judge(HELD, unsavedFor(RECOVERY_POINT.minusSeconds(10))).ok())
                .as("exactly as long as may be")
                .isTrue();
        isNot(judge(HELD, unsavedFor(RECOVERY_POINT.minusSeconds(9))), "RecoveryPointMissed", "7201 s old");
    }

    @Test
    void unsavedTimeGoesOnWhileNothingIsHeardAndIsNeverNegative() {
        assertThat(unsavedFor(Duration.ofSeconds(30)).unprotected()).isEqualTo(Duration.ofSeconds(40));
        assertThat(unsavedFor(Duration.ofSeconds(-30)).unprotected()).isEqualTo(Duration.ofSeconds(10));
        assertThat(fresh(report("me", "holding")).unprotected()).isZero();
    }

    @Test
    void whoIsHeardOfIsReckonedFromTheLineagesSetting() {
        assertThat(Protection.heardOf(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(5));
    }
}
