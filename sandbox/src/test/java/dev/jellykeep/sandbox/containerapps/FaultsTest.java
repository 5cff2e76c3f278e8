package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.http.JournalEntry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final String TAGS = "{\"tags\": {\"a\": \"b\"}}";

    private final Town town = Town.serving();

    @AfterEach
    void close() {
        town.close();
    }

    @Test
    void the_next_patches_are_answered_as_scripted_and_do_nothing() {
        town.apps.fault(Fault.next(Fault.answer(409, "ContainerAppLockConflict"))
                .times(2)
                .onMethods("PATCH"));
        town.apps.fault(Fault.next(Fault.throttled(7)).onMethods("PATCH"));
        town.apps.fault(Fault.next(Fault.answer(500, "InternalServerError")).onPath("/REVISIONS"));
        assertThat(town.patch(TAGS).status()).isEqualTo(409);
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
        assertThat(town.patch(TAGS).code()).isEqualTo("ContainerAppLockConflict");
        assertThat(town.patch(TAGS).header("Retry-After")).isEqualTo("7");
        assertThat(town.client.get(Town.APP + "/revisions").status()).isEqualTo(500);
        assertThat(town.client.get(Town.APP).json().has("tags")).isFalse();
        assertThat(town.patch(TAGS).status()).isEqualTo(202);
    }

    @Test
    void a_lost_reply_leaves_the_write_done_and_a_reset_leaves_it_undone() {
        town.apps.fault(Fault.next(new Fault.Reset()).onMethods("PATCH"));
        assertThatThrownBy(() -> town.patch(TAGS)).isInstanceOf(UncheckedIOException.class);
        assertThat(town.client.get(Town.APP).json().has("tags")).isFalse();
        town.apps.fault(Fault.next(new Fault.LoseReply()).onMethods("PATCH"));
        assertThatThrownBy(() -> town.patch(TAGS)).isInstanceOf(UncheckedIOException.class);
        assertThat(town.client.get(Town.APP).json().has("tags")).isTrue();
    }

    @Test
    void arm_is_down_until_it_is_up_again() {
        town.apps.fault(Fault.down(town.apps.now().plusSeconds(60)));
        assertThatThrownBy(() -> town.client.get(Town.APP)).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> town.client.get(Town.APP)).isInstanceOf(UncheckedIOException.class);
        town.advance(Duration.ofSeconds(61));
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
    }

    @Test
    void a_request_that_hangs_is_answered_once_it_is_released() throws Exception {
        town.apps.fault(Fault.next(new Fault.Hang()));
        var hanging = CompletableFuture.supplyAsync(() -> town.client.get(Town.APP));
        assertThatThrownBy(() -> hanging.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(town.client.get(Town.APP).status()).isEqualTo(200);
        town.apps.release();
        assertThat(hanging.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void the_journal_counts_reads_and_writes_with_who_and_what() {
        town.apps.clearJournal();
        town.client.get(Town.APP);
        town.patch(TAGS);
        town.patch(TAGS);
        assertThat(town.apps.journal()).extracting(JournalEntry::status).containsExactly(200, 202, 409);
        var writes = town.apps.journal().stream().filter(JournalEntry::isWrite).toList();
        assertThat(writes)
                .hasSize(2)
                .extracting(JournalEntry::bodySha256)
                .doesNotContainNull()
                .hasSize(2);
        assertThat(writes.getFirst().bodySha256()).isEqualTo(writes.getLast().bodySha256());
        assertThat(writes.getFirst().principal()).isNotEmpty();
        assertThat(writes.getFirst().time()).isEqualTo(town.apps.now());
        assertThat(writes.getFirst().path()).isEqualTo(Town.APP);
    }
}
