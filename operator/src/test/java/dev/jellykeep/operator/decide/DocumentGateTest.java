package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.archives.Reading;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DocumentGateTest {
    private static final UUID OTHER = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");

    private static Case missing(Case at) {
        at.reading = new Reading.Missing();
        return at;
    }

    private static Case changed() {
        return Case.injected().edited("interval: 1h");
    }

    private static LineageDocument created(Case at) {
        assertThat(at.decide().action()).isInstanceOf(Decision.Action.CreateDocument.class);
        return ((Decision.Action.CreateDocument) at.decide().action()).document();
    }

    @Test
    void the_document_is_there_before_the_first_patch() {
        LineageDocument made = created(missing(new Case()));
        assertThat(made).isEqualTo(LineageDocument.fresh(Case.LINEAGE, Worlds.APP));
    }

    @Test
    void archives_of_the_app_are_not_forgotten_where_the_document_was_lost() {
        Case at = missing(new Case()).archive(Case.HEAD, Case.NOW, Case.LINEAGE);
        assertThat(created(at).head()).map(each -> each.name()).contains(Case.HEAD);
    }

    @Test
    void another_lines_archives_are_not_taken() {
        Case at = missing(new Case()).archive(Case.HEAD, Case.NOW, OTHER);
        assertThat(Says.stalled(at.decide(), "LineageMissing").message()).contains(OTHER.toString());
    }

    @Test
    void archives_of_a_newer_version_are_not_taken_for_none() {
        Case at = missing(new Case());
        at.blob(new BlobFacts(Case.HEAD, 9, "e", Case.NOW, Map.of(ArchiveFacts.MARK, "99")));
        Says.stalled(at.decide(), "LineageTooNew");
    }

    @Test
    void an_injected_app_whose_document_is_gone_gets_no_patch() {
        assertThat(Says.stalled(missing(changed()).decide(), "LineageMissing").message())
                .contains("jellykeep init --lineage " + Case.LINEAGE, "azcopy");
    }

    @Test
    void an_injected_app_without_a_readable_lineage_gets_no_new_one() {
        Case at = missing(changed());
        Worlds.ours(at.app, "jellykeep-agent").remove("env");
        Worlds.ours(at.app, "jellykeep-agent")
                .putArray("env")
                .addObject()
                .put("name", "JELLYKEEP_POLICY")
                .put("value", "media/family");
        assertThat(at.situation().live().orElseThrow().lineage()).isNull();
        Says.stalled(at.decide(), "LineageMissing");
    }

    @Test
    void an_operator_that_lost_its_memory_creates_no_second_document() {
        Case at = missing(changed());
        at.memory = Memory.empty();
        Says.stalled(at.decide(), "LineageMissing");
    }

    @Test
    void an_app_that_had_a_document_gets_no_new_one_when_somebody_took_the_injection_out() {
        Case at = missing(Case.injected());
        at.app = Worlds.without(at.app, "jellykeep-agent", "jellykeep-restore");
        Says.stalled(at.decide(), "LineageMissing");
    }

    @Test
    void a_document_of_another_app_is_not_used() {
        for (Case at : new Case[] {new Case(), changed()}) {
            at.document(LineageDocument.fresh(Case.LINEAGE, Worlds.APP + "2"));
            Says.stalled(at.decide(), "LineageOfOtherApp");
        }
    }

    @Test
    void a_document_of_another_lineage_is_not_used() {
        Case at = changed().document(LineageDocument.fresh(OTHER, null));
        Says.stalled(at.decide(), "LineageMissing");
    }

    @Test
    void a_document_made_by_hand_is_used() {
        Case at = new Case().document(LineageDocument.fresh(OTHER, null));
        at.planned = OTHER;
        Says.sends(at.decide());
    }

    @Test
    void an_unreadable_document_is_mended_first() {
        Case at = new Case();
        at.reading = new Reading.Unreadable("e", "no JSON");
        Says.stalled(at.decide(), "LineageUnreadable");
        at.reading = new Reading.TooNew(2);
        Says.stalled(at.decide(), "LineageTooNew");
    }

    @Test
    void nothing_is_created_where_nothing_would_be_sent() {
        Case at = missing(new Case());
        at.spec("mode: Plan");
        Says.ready(at.decide(), "Planned");
        at.spec("containerApp: {container: nobody}");
        assertThat(at.decide().action()).isInstanceOf(Decision.Action.Nothing.class);
    }

    @Test
    void archives_that_only_the_agent_may_see_stop_nothing() {
        Case at = new Case();
        at.view = new ArchivesView.Hidden("StorageForbidden", "no role");
        Says.sends(at.decide());
    }

    @Test
    void a_mistyped_container_is_not_rolled_out() {
        for (Case at : new Case[] {new Case(), changed()}) {
            at.view = new ArchivesView.Hidden("ContainerNotFound", "there is no container jelyfin");
            assertThat(Says.stalled(at.decide(), "ContainerNotFound").message()).contains("jelyfin");
            at.view = new ArchivesView.Hidden("ImmutabilityMisconfigured", "WORM");
            Says.stalled(at.decide(), "ImmutabilityMisconfigured");
        }
    }

    @Test
    void an_app_is_not_injected_without_its_document_while_blob_is_out_of_reach() {
        for (Case at : new Case[] {new Case(), changed()}) {
            at.view = new ArchivesView.Hidden("StorageUnreachable", "timeout");
            Says.waits(at.decide(), "ProgressingWithRetry");
            assertThat(at.decide().again())
                    .as("a moment's outage doesn't put the injection off until the next usual look")
                    .isLessThanOrEqualTo(Decider.IDLE_WATCH);
        }
    }

    @Test
    void a_plan_that_would_give_the_app_another_lineage_is_not_sent() {
        Case at = changed();
        at.view = new ArchivesView.Hidden("StorageForbidden", "no role");
        at.planned = OTHER;
        assertThat(Says.stalled(at.decide(), "LineageUnknown").message()).contains(Case.LINEAGE.toString());
        Case first = new Case().document(LineageDocument.fresh(OTHER, Worlds.APP));
        Says.stalled(first.decide(), "LineageUnknown");
    }
}
