package dev.jellykeep.operator.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.store.BlobFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstInjectionGateTest {
    private static final Instant BEGAN = Case.NOW.minusSeconds(3000);

    /// A replica runs without us; a tarball was adopted after it began.
    private static Case rescued(Instant uploaded) {
        Case at = new Case().sealed().runs(Case.bare("r1"));
        at.archives.clear();
        at.blob(new BlobFacts(Case.HEAD, 9, "e", uploaded, Map.of()));
        at.annotations.put(Situation.RESCUED, Case.HEAD);
        return at;
    }

    @Test
    void replicas_are_looked_at_before_a_template_is_sent() {
        Case at = new Case();
        at.running = null;
        assertThat(at.decide().action()).isInstanceOf(Decision.Action.LookCloser.class);
        at.running = new Case().running;
        Says.sends(at.decide());
    }

    @Test
    void a_running_replicas_disk_is_not_replaced_before_anybody_saved_it() {
        Progress said = Says.stalled(new Case().runs(Case.bare("r1")).decide(), "UnsavedDataWouldBeLost");
        assertThat(said.message()).contains("r1", Situation.RESCUED, "DiscardRunningData", BEGAN.toString());
    }

    @Test
    void overlap_does_not_replace_the_disk_of_a_replica_that_nobody_saves() {
        Case at = new Case().spec("rollout: {strategy: Overlap}").runs(Case.bare("r1"));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void a_person_may_give_up_what_runs() {
        Case at =
                new Case().spec("rollout: {firstInjection: DiscardRunningData}").runs(Case.bare("r1"));
        assertThat(Says.sends(at.decide()).note().message()).contains("given up", "r1");
    }

    @Test
    void a_person_may_have_rescued_what_runs() {
        Case at = rescued(BEGAN.plusSeconds(60));
        assertThat(Says.sends(at.decide()).note().message()).contains(Case.HEAD);
    }

    @Test
    void a_rescue_that_costs_something_says_since_when() {
        Instant uploaded = BEGAN.plusSeconds(60);
        assertThat(Says.sends(rescued(uploaded).decide()).note().message()).contains(uploaded.toString());
    }

    @Test
    void an_archive_older_than_the_replica_rescues_nothing() {
        Says.stalled(rescued(BEGAN.minusSeconds(1)).decide(), "UnsavedDataWouldBeLost");
        Says.stalled(rescued(BEGAN).decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void a_rescue_of_more_than_an_hour_ago_rescues_too_little() {
        Case at = rescued(Case.NOW.minus(Duration.ofMinutes(61)));
        at.runs(Case.replica("r1", Case.NOW.minus(Duration.ofHours(5)), Case.container("jellyfin", true)));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
        at.archives.clear();
        at.blob(new BlobFacts(Case.HEAD, 9, "e", Case.NOW.minus(Duration.ofMinutes(60)), Map.of()));
        Says.sends(at.decide());
    }

    @Test
    void a_rescue_must_be_the_head_that_was_named() {
        Case other = rescued(BEGAN.plusSeconds(60));
        other.annotations.put(Situation.RESCUED, "backup-20261120110001.tar.gz");
        other.archive("backup-20261120110001.tar.gz", BEGAN.plusSeconds(60), Case.LINEAGE);
        Says.stalled(other.decide(), "UnsavedDataWouldBeLost");
        Case gone = rescued(BEGAN.plusSeconds(60));
        gone.archives.clear();
        Says.stalled(gone.decide(), "UnsavedDataWouldBeLost");
        Case unseen = rescued(BEGAN.plusSeconds(60));
        unseen.view = new dev.jellykeep.operator.archives.ArchivesView.Hidden("StorageForbidden", "no");
        Says.stalled(unseen.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void a_replica_of_unknown_age_may_be_younger_than_the_rescue() {
        Case at = rescued(BEGAN.plusSeconds(60));
        at.runs(Case.bare("r1"), Case.replica("r2", null, Case.container("jellyfin", true)));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
        at.runs(Case.replica("r2", null, Case.container("jellyfin", true)));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void a_rescue_may_be_a_folder_if_all_of_it_is_new() {
        String folder = "backup-20261120110000";
        Case at = new Case().runs(Case.bare("r1"));
        at.document(Case.line(true, null).withLine(List.of(new Listed(folder, "00", 1, 1)), List.of()));
        at.annotations.put(Situation.RESCUED, folder);
        BlobFacts fresh = new BlobFacts(folder + "/jellyfin.db", 9, "e", BEGAN.plusSeconds(60), Map.of());
        at.folders.put(folder, List.of(fresh));
        Says.sends(at.decide());
        BlobFacts old = new BlobFacts(folder + "/library.db", 9, "e", BEGAN.minusSeconds(60), Map.of());
        at.folders.put(folder, List.of(fresh, old));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
        at.folders.put(folder, List.of());
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void replicas_of_revisions_that_end_hold_data_too() {
        Case at = new Case();
        at.running = new Running(
                List.of(Case.revision(Case.OLD)),
                Map.of(Case.OLD, List.of(), "jellyfin--0000003", List.of(Case.bare("r0"))));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void a_revision_whose_replicas_could_not_be_listed_may_have_some() {
        Case at = new Case();
        at.running = new Running(List.of(Case.revision(Case.OLD)), Map.of());
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
        at.running = new Running(List.of(), Map.of());
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void an_inactive_revision_without_replicas_holds_nothing() {
        Case at = new Case();
        at.running = new Running(
                List.of(
                        Case.revision(Case.OLD),
                        new dev.jellykeep.operator.arm.Revision(
                                "jellyfin--0000003", false, null, 0, "Healthy", "Provisioned", "Stopped", "", "")),
                Map.of(Case.OLD, List.of()));
        Says.sends(at.decide());
    }

    @Test
    void a_sidecar_that_somebody_took_out_leaves_data_that_overlap_must_not_drop() {
        Case at = Case.injected().sealed().spec("rollout: {strategy: Overlap}");
        at.app = Worlds.without(at.app, "jellykeep-agent");
        Says.stalled(at.runs(Case.bare("r1")).decide(), "UnsavedDataWouldBeLost");
        Says.sends(at.runs().decide());
    }

    @Test
    void a_replica_without_sidecar_is_not_overlapped_whatever_the_template_says() {
        Case at = Case.injected()
                .sealed()
                .edited("interval: 1h, rollout: {strategy: Overlap, preRolloutBackup: Disabled}");
        Says.stalled(at.runs(Case.whole("r1"), Case.bare("r2")).decide(), "UnsavedDataWouldBeLost");
        Says.sends(at.runs(Case.whole("r1")).decide());
    }

    @Test
    void a_replica_that_was_not_listed_may_have_no_sidecar() {
        Case at = Case.injected()
                .sealed()
                .edited("interval: 1h, rollout: {strategy: Overlap, preRolloutBackup: Disabled}");
        at.running = new Running(
                List.of(Case.revision(Case.OLD), Case.revision("jellyfin--0000003")),
                Map.of(Case.OLD, List.of(Case.whole("r1"))));
        Says.stalled(at.decide(), "UnsavedDataWouldBeLost");
    }

    @Test
    void without_a_sidecar_in_the_template_a_policy_that_waits_goes_on_waiting() {
        Case at = Case.injected().sealed();
        at.app = Worlds.without(at.app, "jellykeep-agent");
        Says.waits(at.runs(Case.bare("r1")).decide(), "WaitingForIdle");
    }

    @Test
    void two_servers_never_write_one_share() {
        Case at = new Case().spec("rollout: {strategy: Overlap}");
        ((com.fasterxml.jackson.databind.node.ObjectNode) at.app.at("/properties/template/volumes/0"))
                .put("storageType", "AzureFile")
                .put("storageName", "data")
                .put("mountOptions", "nobrl");
        assertThat(Says.waits(at.runs(Case.bare("r1")).decide(), "WaitingForIdle")
                        .message())
                .contains("Azure Files");
        Says.sends(at.runs().decide());
    }
}
