package dev.jellykeep.agent.restore;

import static dev.jellykeep.agent.restore.Situation.LINEAGE;
import static dev.jellykeep.agent.restore.Situation.NEWER;
import static dev.jellykeep.agent.restore.Situation.OLDER;
import static dev.jellykeep.agent.restore.Situation.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.archives.Reading;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Without `lineage.json` nothing may begin anew where there are archives, or where some are expected.
class LostDocumentPlanTest {
    private static final String FORK = "forks/s/" + OLDER;

    private static Situation lost() {
        Situation it = new Situation();
        it.reading = new Reading.Missing();
        return it;
    }

    private static RestorePlan.CreateDocument created(Situation it) {
        if (it.plan() instanceof RestorePlan.CreateDocument created) {
            return created;
        }
        throw new AssertionError("expected a document, but got " + it.plan());
    }

    @Test
    void aDocumentOfANewerVersionIsNotReplaced() {
        Situation it = Situation.withHead();
        it.reading = new Reading.TooNew(7);
        assertThat(it.refusal().reason()).isEqualTo(Reason.LINEAGE_TOO_NEW);
        assertThat(it.refusal().sentence()).contains("the store", "format 7");
    }

    @Test
    void archivesBringTheLineageBackWhetherItIsMissingOrUnreadable() {
        Situation it = lost().ours(OLDER, LINEAGE, 1, 1, null).ours(NEWER, LINEAGE, 1, 2, OLDER);
        it.app = "app";
        assertThat(created(it).rebuilt()).isTrue();
        assertThat(created(it).document().lineage()).isEqualTo(LINEAGE);
        assertThat(created(it).document().app()).isEqualTo("app");
        assertThat(created(it).document().history()).extracting(Listed::name).containsExactly(OLDER, NEWER);
        var missing = it.plan();
        it.reading = new Reading.Unreadable("etag", "torn");
        assertThat(it.plan()).isEqualTo(missing);
    }

    @Test
    void forksAloneAreArchivesToo() {
        Situation it = lost().ours(FORK, LINEAGE, 0, 1, null);
        assertThat(created(it).rebuilt()).isTrue();
        assertThat(created(it).document().lineage()).isEqualTo(LINEAGE);
        assertThat(created(it).document().forks()).hasSize(1);
        it.expected = LINEAGE;
        assertThat(created(it).rebuilt()).isTrue();
    }

    @Test
    void ofTwoLineagesTheOneThatWasWrittenLastIsMeant() {
        String third = "backup-20260131140000.tar.gz";
        Situation byEpoch = lost().ours(OLDER, LINEAGE, 2, 1, null).ours(NEWER, OTHER, 1, 9, null);
        assertThat(created(byEpoch).document().lineage()).isEqualTo(LINEAGE);
        Situation bySequence = lost().ours(OLDER, LINEAGE, 1, 9, null)
                .ours(NEWER, OTHER, 1, 2, null)
                .ours(third, OTHER, 1, 3, NEWER);
        assertThat(created(bySequence).document().lineage()).isEqualTo(LINEAGE);
    }

    @Test
    void anothersArchivesAreNotTakenForTheExpectedLineages() {
        Situation it = lost().ours(OLDER, OTHER, 1, 1, null).ours("forks/s/" + NEWER, OTHER, 0, 2, OLDER);
        it.expected = LINEAGE;
        assertThat(it.refusal().reason()).isEqualTo(Reason.LINEAGE_MISSING);
        assertThat(it.refusal().sentence()).contains("no archive of lineage " + LINEAGE, "jellykeep init --lineage");
    }

    @Test
    void anEmptyStoreIsNotBelievedWhereALineageIsExpected() {
        Situation it = lost();
        it.expected = LINEAGE;
        assertThat(it.refusal().reason()).isEqualTo(Reason.LINEAGE_MISSING);
    }

    @Test
    void whereNothingIsExpectedALineageBeginsOfItsOwn() {
        Situation it = lost();
        it.app = "app";
        assertThat(created(it).rebuilt()).isFalse();
        assertThat(created(it).document().head()).isEmpty();
        assertThat(created(it).document().app()).isEqualTo("app");
        UUID first = created(it).document().lineage();
        assertThat(created(it).document().lineage())
                .as("two lineages are never one")
                .isNotEqualTo(first);
    }

    @Test
    void dataThatIsOursGoesOnInItsLineage() {
        assertThat(created(lost().dataOf(LINEAGE, true)).document().lineage()).isEqualTo(LINEAGE);
    }
}
