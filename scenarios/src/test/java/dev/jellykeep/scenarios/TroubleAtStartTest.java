package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.blob.Outage;
import org.junit.jupiter.api.Test;

/// A start that can't restore doesn't start the server: nobody sees a wizard where there is a backup.
class TroubleAtStartTest extends Scenario {
    @Test
    void an_outage_of_the_storage_holds_the_start_and_its_end_lets_it_go_on() {
        protectedApp();
        var _ = setUp();
        town.idle();

        town.azure().storage().outage(Outage.REFUSED);
        var visit = town.visit(_ -> assertLogin(3));
        awaitRestoreSays("no connection");
        assertThat(visit).as("the server's start").isNotDone();
        assertThat(town.starts("jellyfin")).as("starts of the server").isZero();
        town.azure().storage().outage(Outage.NONE);
        assertThat(visit.join().users()).isEqualTo(3);
    }
}
