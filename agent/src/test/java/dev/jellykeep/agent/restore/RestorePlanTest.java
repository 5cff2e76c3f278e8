package dev.jellykeep.agent.restore;

import static dev.jellykeep.agent.restore.Situation.LINEAGE;
import static dev.jellykeep.agent.restore.Situation.NEWER;
import static dev.jellykeep.agent.restore.Situation.OLDER;
import static dev.jellykeep.agent.restore.Situation.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.restore.RestorePlan.Adopt;
import dev.jellykeep.agent.restore.RestorePlan.KeepData;
import dev.jellykeep.agent.restore.RestorePlan.KeepUnknownData;
import dev.jellykeep.agent.restore.RestorePlan.NameApp;
import dev.jellykeep.agent.restore.RestorePlan.Restore;
import dev.jellykeep.agent.restore.RestorePlan.Roll;
import dev.jellykeep.agent.restore.RestorePlan.StartEmpty;
import dev.jellykeep.contract.lineage.LineageDocument;
import java.util.List;
import org.junit.jupiter.api.Test;

/// With a lineage that can be read: the newest data come back, and whatever is in doubt is left to a person.
class RestorePlanTest {
    @Test
    void theHeadIsRestoredAndItsAncestorsWhereItIsNoGood() {
        assertThat(Situation.withHead().plan()).isEqualTo(new Restore(LINEAGE, List.of(NEWER, OLDER), false, null));
    }

    @Test
    void anotherLineageThanTheExpectedOneIsNotRestoredUnlessAPersonSaysSo() {
        Situation it = Situation.withHead();
        it.expected = OTHER;
        assertThat(it.refusal().reason()).isEqualTo(Reason.LINEAGE_MISSING);
        assertThat(it.refusal().sentence()).contains("holds lineage " + LINEAGE, "expected " + OTHER);
        assertThat(it.accept(Reason.LINEAGE).plan()).isInstanceOf(Restore.class);
        Situation right = Situation.withHead();
        right.expected = LINEAGE;
        assertThat(right.plan()).isInstanceOf(Restore.class);
    }

    @Test
    void anotherAppsDataAreNotRestored() {
        Situation it = Situation.withHead();
        it.reading = Situation.read(Situation.line(OLDER, NEWER).withApp("theirs"));
        assertThat(it.plan()).as("by hand").isInstanceOf(Restore.class);
        it.app = "theirs";
        assertThat(it.plan()).isInstanceOf(Restore.class);
        it.app = "mine";
        assertThat(it.refusal().reason()).isEqualTo(Reason.OTHER_APP);
        assertThat(it.refusal().sentence()).contains("theirs", "--move-to mine");
    }

    @Test
    void aLineageLearnsItsAppBeforeAnythingElse() {
        Situation it = Situation.withHead();
        it.app = "mine";
        assertThat(it.plan()).isEqualTo(new NameApp("mine"));
    }

    @Test
    void whatARestoreOfOursPutHereIsKept() {
        assertThat(Situation.withHead().dataOf(LINEAGE, true).plan()).isEqualTo(new KeepData());
        assertThat(new Situation().dataOf(LINEAGE, false).plan())
                .as("nothing to put in its place")
                .isEqualTo(new KeepData());
    }

    @Test
    void dataOfOursThatAreBrokenGiveWayToTheHeadButAreSetAside() {
        assertThat(Situation.withHead().dataOf(LINEAGE, false).plan())
                .isEqualTo(new Restore(LINEAGE, List.of(NEWER, OLDER), true, null));
    }

    @Test
    void dataOfAnotherLineageAreNotMixedWithThisOne() {
        for (boolean usable : List.of(true, false)) {
            Situation it = Situation.withHead().dataOf(OTHER, usable).accept(Reason.UNKNOWN_DATA);
            assertThat(it.refusal().reason()).isEqualTo(Reason.UNKNOWN_DATA);
            assertThat(it.refusal().sentence()).contains("belong to lineage " + OTHER, "holds " + LINEAGE);
        }
    }

    @Test
    void dataOfUnknownOriginAreNeverOverwrittenUnasked() {
        Situation it = Situation.withHead().dataOfUnknownOrigin();
        assertThat(it.refusal().reason()).isEqualTo(Reason.UNKNOWN_DATA);
        assertThat(it.refusal().sentence()).contains("init container");
        assertThat(it.accept(Reason.UNKNOWN_DATA).plan())
                .isEqualTo(new Restore(LINEAGE, List.of(NEWER, OLDER), true, null));
    }

    @Test
    void anArchiveThatWasUploadedButNotPromotedIsNotForgotten() {
        Situation it = Situation.withHead();
        it.reading = Situation.read(Situation.line(OLDER));
        assertThat(it.plan()).isEqualTo(new Roll(NEWER));
    }

    @Test
    void forksAloneAreLeftToAPerson() {
        Situation it = new Situation();
        it.reading = Situation.read(Situation.fork(LineageDocument.fresh(LINEAGE, null), "forks/s/" + OLDER));
        assertThat(it.refusal().reason()).isEqualTo(Reason.FORKS_ONLY);
        assertThat(it.refusal().sentence()).contains("only 1 forks");
    }

    @Test
    void aServerDoesNotStartEmptyWhereTheDocumentForgotItsArchives() {
        Situation it = new Situation().ours(OLDER, LINEAGE, 1, 1, null).older("backup-20240101000000.tar.gz");
        assertThat(it.refusal().reason()).isEqualTo(Reason.NO_GOOD_ARCHIVE);
        assertThat(it.refusal().sentence()).contains("holds 1 archives", "init --rebuild");
        assertThat(new Situation().ours(OLDER, OTHER, 1, 1, null).plan())
                .as("another lineage's")
                .isInstanceOf(StartEmpty.class);
    }

    @Test
    void anOlderToolsBackupsAreTriedNewestFirst() {
        Situation it = new Situation().older(OLDER).older(NEWER).olderFolder("backup-20250101000000");
        assertThat(it.plan()).isEqualTo(new Adopt(LINEAGE, List.of(NEWER, OLDER, "backup-20250101000000")));
        it.hopeless.add(NEWER);
        assertThat(it.plan()).isEqualTo(new Adopt(LINEAGE, List.of(OLDER, "backup-20250101000000")));
        assertThat(it.dataOfUnknownOrigin().plan()).as("the tool's own data").isEqualTo(new KeepUnknownData(LINEAGE));
    }

    @Test
    void aServerDoesNotStartEmptyBesideABackupThatCannotBeUsed() {
        Situation it = new Situation().older(OLDER);
        it.hopeless.add(OLDER);
        assertThat(it.plan()).as("it is no backup").isEqualTo(new StartEmpty(LINEAGE));
        it.anyHopelessIsBackup = true;
        assertThat(it.refusal().reason()).isEqualTo(Reason.NO_GOOD_ARCHIVE);
        assertThat(it.refusal().sentence()).contains("none can be used");
        assertThat(it.accept(Reason.NO_GOOD_ARCHIVE).plan()).isEqualTo(new StartEmpty(LINEAGE));
    }

    @Test
    void whereThereNeverWasABackupDataAreKept() {
        Situation it = new Situation().dataOfUnknownOrigin();
        it.mayStartEmpty = false;
        assertThat(it.plan()).isEqualTo(new KeepUnknownData(LINEAGE));
    }

    @Test
    void aServerStartsEmptyOnlyWhereItMay() {
        Situation it = new Situation();
        assertThat(it.plan()).isEqualTo(new StartEmpty(LINEAGE));
        it.mayStartEmpty = false;
        assertThat(it.refusal().reason()).isEqualTo(Reason.NO_BACKUP);
        assertThat(it.refusal().sentence()).contains("JELLYKEEP_ON_NO_BACKUP=StartEmpty");
    }
}
