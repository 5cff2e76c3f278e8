package dev.jellykeep.agent.restore;

import static dev.jellykeep.agent.restore.Situation.LINEAGE;
import static dev.jellykeep.agent.restore.Situation.NEWER;
import static dev.jellykeep.agent.restore.Situation.OLDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.restore.RestorePlan.Hold;
import dev.jellykeep.agent.restore.RestorePlan.Restore;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Who wants a certain archive gets that one or none, and never one in its place.
class ChosenArchivePlanTest {
    private static final LineageDocument LINE = Situation.line(OLDER, NEWER);

    private static Situation named(String archive) {
        Situation it = Situation.withHead();
        it.archive = archive;
        return it;
    }

    private static Situation pinned(String archive, LineageDocument document) {
        Situation it = Situation.withHead();
        it.reading = Situation.read(document);
        it.pin = new Pin(archive, "token", List.of());
        return it;
    }

    @Test
    void theNamedArchiveIsRestoredAloneInPlaceOfTheHead() {
        assertThat(named(OLDER).plan()).isEqualTo(new Restore(LINEAGE, List.of(OLDER), false, null));
        assertThat(named("backup-20250101000000")
                        .olderFolder("backup-20250101000000")
                        .plan())
                .isEqualTo(new Restore(LINEAGE, List.of("backup-20250101000000"), false, null));
        assertThat(named("backup-1").refusal().reason()).isEqualTo(Reason.NO_GOOD_ARCHIVE);
        assertThat(named("backup-1").refusal().sentence()).contains("no archive backup-1 in the store");
    }

    @Test
    void aPinnedArchiveIsSparedByPruningBeforeItIsRestored() {
        assertThat(pinned(OLDER, LINE).plan()).isEqualTo(new Hold(OLDER, "token"));
        assertThat(pinned(OLDER, LINE.withHolds(List.of(OLDER))).plan())
                .isEqualTo(new Restore(LINEAGE, List.of(OLDER), false, "token"));
    }

    @Test
    void aPinThatWasConsumedCountsForNothing() {
        assertThat(pinned(OLDER, LINE.withConsumedPin("token")).plan())
                .isEqualTo(new Restore(LINEAGE, List.of(NEWER, OLDER), false, null));
    }

    @Test
    void aPinnedArchiveThatIsGoneIsNotReplacedByAnother() {
        Situation gone = pinned("backup-1", LINE);
        assertThat(gone.refusal().reason()).isEqualTo(Reason.NO_GOOD_ARCHIVE);
        assertThat(gone.refusal().sentence()).contains("backup-1", "it isn't there", "jellykeep pin --clear");
        Situation doomed = pinned(OLDER, Situation.line(NEWER).withDeleting(List.of(OLDER)));
        assertThat(doomed.refusal().reason()).isEqualTo(Reason.NO_GOOD_ARCHIVE);
        assertThat(doomed.refusal().sentence()).contains(OLDER, "is being deleted");
    }

    @Test
    void dataOfUnknownOriginAreNotOverwrittenForAChosenArchiveEither() {
        LineageDocument held = LINE.withHolds(List.of(OLDER));
        for (Situation it : List.of(named(OLDER), pinned(OLDER, held))) {
            it.dataOfUnknownOrigin();
            assertThat(it.refusal().reason()).isEqualTo(Reason.UNKNOWN_DATA);
            assertThat(it.refusal().sentence()).contains("UNKNOWN_DATA");
            it.accept(Reason.UNKNOWN_DATA);
            assertThat(it.plan())
                    .isEqualTo(new Restore(LINEAGE, List.of(OLDER), true, it.pin == null ? null : "token"));
        }
    }

    @Test
    void dataOfOursAreSetAsideForAChosenArchive() {
        for (Situation it : List.of(named(OLDER), pinned(OLDER, LINE.withHolds(List.of(OLDER))))) {
            it.dataOf(LINEAGE, false);
            assertThat(it.plan())
                    .isInstanceOfSatisfying(
                            Restore.class, plan -> assertThat(plan.setAside()).isTrue());
        }
    }

    /// Asked for nothing, a holder would make a backup that nobody waits for.
    @Test
    void whoeverWantsTheNewestDataAsksForThemAndNobodyElse() {
        Expectation newest = Situation.withHead().expectation();
        Expectation certain = named(OLDER).expectation();
        for (RestorePlan plan : List.of(
                new RestorePlan.Roll(NEWER),
                new RestorePlan.Adopt(LINEAGE, List.of()),
                new Hold(OLDER, "token"),
                new Restore(LINEAGE, List.of(), false, null),
                new RestorePlan.StartEmpty(LINEAGE))) {
            assertThat(plan.wantsNewest(newest)).as("%s", plan).isTrue();
            assertThat(plan.wantsNewest(certain)).as("%s", plan).isFalse();
        }
        for (RestorePlan plan : List.of(
                new RestorePlan.KeepData(),
                new RestorePlan.KeepUnknownData(LINEAGE),
                new RestorePlan.CreateDocument(LINE, true),
                new RestorePlan.NameApp("app"),
                new RestorePlan.Refuse(Reason.NO_BACKUP, ""))) {
            assertThat(plan.wantsNewest(newest)).as("%s", plan).isFalse();
        }
    }

    @Test
    void dataThatTheAppCannotOpenAreRefusedUnlessAPersonSaysSo() {
        ArchiveFacts newer = facts("20260206200000_X");
        Opener old = new Opener(new JellyfinVersion(10, 11, 0), null, null, null);
        assertThat(RestorePlan.tooNewForApp(newer, opening(old, Set.of()))).isTrue();
        assertThat(RestorePlan.tooNewForApp(newer, opening(old, Set.of(Reason.APP_OLDER_THAN_DATA))))
                .isFalse();
        assertThat(RestorePlan.tooNewForApp(facts("20251009200000_X"), opening(old, Set.of())))
                .isFalse();
        assertThat(RestorePlan.tooNewForApp(newer, opening(Situation.ANY_APP, Set.of())))
                .isFalse();
        assertThat(RestorePlan.tooNewForApp(null, opening(old, Set.of()))).isFalse();
    }

    private static Expectation opening(Opener opener, Set<Reason> accepted) {
        return new Expectation(null, null, true, null, null, opener, accepted);
    }

    private static ArchiveFacts facts(String migrationHead) {
        return new ArchiveFacts(
                LINEAGE,
                "r",
                1,
                1,
                null,
                ArchiveKind.SCHEDULED,
                Instant.EPOCH,
                "sha",
                "c",
                1,
                1,
                1,
                migrationHead,
                null,
                null,
                null);
    }
}
