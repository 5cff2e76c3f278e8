package dev.jellykeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every store keeps to.
public abstract class BlobStoreContract extends UploadContract {
    @Test
    void what_is_not_there_is_absent_and_not_an_error() {
        assertThat(store().read("lineage.json")).isEmpty();
        assertThat(store().facts("lineage.json")).isEmpty();
        assertThat(store().readIfChanged("lineage.json", "\"0x1\"")).isInstanceOf(ConditionalRead.Absent.class);
        assertThat(store().delete("lineage.json")).isEqualTo(DeleteOutcome.ABSENT);
        assertThat(names("")).isEmpty();
        assertThatThrownBy(() -> store().open("lineage.json", 0, 10))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.NOT_FOUND));
    }

    @Test
    void a_name_is_created_once_and_its_content_stays() {
        assertThat(store().putIfAbsent("lineage.json", bytes("one"), Map.of())).isInstanceOf(PutOutcome.Created.class);
        assertThat(store().putIfAbsent("lineage.json", bytes("two"), Map.of()))
                .isInstanceOf(PutOutcome.AlreadyExists.class);
        assertThat(store().putIfAbsent("lineage.json", bytes("one"), Map.of()))
                .as("the same bytes from somebody else are not this call's doing")
                .isInstanceOf(PutOutcome.AlreadyExists.class);
        assertThat(text("lineage.json")).isEqualTo("one");
    }

    @Test
    void of_many_who_create_one_name_exactly_one_succeeds() throws Exception {
        var outcomes = race(8, i -> store().putIfAbsent("lineage.json", bytes("writer " + i), Map.of()));
        assertThat(outcomes).filteredOn(PutOutcome.Created.class::isInstance).hasSize(1);
        assertThat(text("lineage.json")).isEqualTo("writer " + indexOf(outcomes, PutOutcome.Created.class));
    }

    @Test
    void a_swap_needs_the_etag_that_is_there() {
        var first = ((PutOutcome.Created) store().putIfAbsent("lineage.json", bytes("one"), Map.of())).etag();
        var second = store().compareAndSwap("lineage.json", bytes("two"), first);
        assertThat(second).isInstanceOf(SwapOutcome.Swapped.class);
        assertThat(store().compareAndSwap("lineage.json", bytes("three"), first))
                .isInstanceOf(SwapOutcome.Conflict.class);
        assertThat(text("lineage.json")).isEqualTo("two");
        assertThat(store().read("lineage.json").orElseThrow().etag())
                .isEqualTo(((SwapOutcome.Swapped) second).etag())
                .isEqualTo(store().facts("lineage.json").orElseThrow().etag());
    }

    @Test
    void a_swap_of_what_is_gone_is_a_conflict_and_creates_nothing() {
        var etag = store().put("lineage.json", bytes("one"), Map.of());
        store().delete("lineage.json");
        assertThat(store().compareAndSwap("lineage.json", bytes("two"), etag)).isInstanceOf(SwapOutcome.Conflict.class);
        assertThat(store().read("lineage.json")).isEmpty();
    }

    @Test
    void of_many_who_swap_at_once_exactly_one_succeeds_in_each_round() throws Exception {
        var etag = store().put("lineage.json", bytes("start"), Map.of());
        try (var other = sameStore()) {
            for (var round = 0; round < 5; round++) {
                var from = etag;
                var outcomes = race(
                        4,
                        i -> (i % 2 == 0 ? store() : other).compareAndSwap("lineage.json", bytes("writer " + i), from));
                assertThat(outcomes)
                        .filteredOn(SwapOutcome.Swapped.class::isInstance)
                        .hasSize(1);
                var winner = indexOf(outcomes, SwapOutcome.Swapped.class);
                etag = ((SwapOutcome.Swapped) outcomes.get(winner)).etag();
                assertThat(text("lineage.json")).isEqualTo("writer " + winner);
            }
        }
    }

    @Test
    void writing_the_same_bytes_again_still_changes_the_etag() {
        var etags = new ArrayList<String>();
        for (var i = 0; i < 20; i++) {
            etags.add(store().put("control/restore.json", bytes("same"), Map.of()));
        }
        assertThat(etags).doesNotHaveDuplicates();
    }

    @Test
    void an_unchanged_document_is_not_sent_again() {
        var etag = store().put("lineage.json", bytes("one"), Map.of("epoch", "7"));
        assertThat(store().readIfChanged("lineage.json", etag)).isInstanceOf(ConditionalRead.Unchanged.class);
        store().put("lineage.json", bytes("two"), Map.of("epoch", "8"));
        assertThat(store().readIfChanged("lineage.json", etag))
                .isInstanceOfSatisfying(ConditionalRead.Changed.class, changed -> {
                    assertThat(changed.blob().content()).isEqualTo(bytes("two"));
                    assertThat(changed.blob().metadata()).isEqualTo(Map.of("epoch", "8"));
                });
    }

    @Test
    void metadata_comes_back_from_reading_looking_and_listing() {
        var metadata = Map.of("epoch", "12", "sha256", "ab".repeat(32), "why", "a = b; 100%");
        store().put("small", bytes("x"), metadata);
        upload("backup-20260101000000.tar.gz", bytes("y"), metadata);
        assertThat(store().read("small").orElseThrow().metadata()).isEqualTo(metadata);
        assertThat(store().facts("backup-20260101000000.tar.gz").orElseThrow().metadata())
                .isEqualTo(metadata);
        assertThat(facts("")).extracting(BlobFacts::metadata).containsExactly(metadata, metadata);
        assertThat(facts("")).extracting(BlobFacts::length).containsExactly(1L, 1L);
    }

    @Test
    void metadata_that_some_store_would_lose_is_refused_by_all() {
        for (var metadata : List.of(Map.of("has-hyphen", "x"), Map.of("user", "Zoë"), Map.of("empty", ""))) {
            assertThatThrownBy(() -> store().put("x", bytes("x"), metadata))
                    .isInstanceOfSatisfying(
                            StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with spaces.json",
                "Zoë’s Büro/日本.json",
                "100%.json",
                "a%20b.json",
                "a+b.json",
                "c#1.json",
                "q?x=1&y=2",
                "semi;colon=1",
                "a%2Fb.json",
                "🎬 e\u0301",
                "~!@$^*()[]{}|'\"`<>,:.json",
                "deep/er/and deeper/x"
            })
    void odd_names_are_kept_exactly(String name) throws IOException {
        upload(name, bytes(name), Map.of("epoch", "1"));
        assertThat(names("")).containsExactly(name);
        assertThat(text(name)).isEqualTo(name);
        try (var in = store().open(name, 0, Long.MAX_VALUE)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes(name));
        }
        assertThat(store().facts(name)).isPresent();
        var etag = store().put(name, bytes("new"), Map.of());
        assertThat(store().compareAndSwap(name, bytes("newer"), etag)).isInstanceOf(SwapOutcome.Swapped.class);
        assertThat(names("")).containsExactly(name);
        assertThat(store().delete(name)).isEqualTo(DeleteOutcome.DELETED);
        assertThat(names("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/x", "x/", "a//b", "../x", "a/./b", "a\nb", "a\\b"})
    void names_that_lead_elsewhere_are_refused(String name) {
        assertThatThrownBy(() -> store().put(name, bytes("x"), Map.of()))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.INVALID));
    }

    @Test
    void listing_goes_on_over_many_pages_in_order_of_names() {
        var expected = new ArrayList<String>();
        for (var i = 0; i < 25; i++) {
            var name = "backup-202601010000%02d.tar.gz".formatted(i);
            store().put(name, bytes("x"), Map.of());
            expected.add(name);
        }
        store().put("status/replica.json", bytes("x"), Map.of());
        assertThat(names("backup-")).isEqualTo(expected);
        assertThat(names("status/")).containsExactly("status/replica.json");
        assertThat(names("")).hasSize(26).isSorted();
    }

    @Test
    void a_prefix_shows_nothing_of_its_neighbours() throws IOException {
        try (var sibling = siblingStore()) {
            sibling.put("x.json", bytes("theirs"), Map.of());
            store().put("x.json", bytes("ours"), Map.of());
            assertThat(names("")).containsExactly("x.json");
            assertThat(text("x.json")).isEqualTo("ours");
            store().delete("x.json");
            assertThat(sibling.read("x.json")).isPresent();
        }
    }

    @Test
    void deleting_is_idempotent() {
        store().put("x", bytes("x"), Map.of());
        assertThat(store().delete("x")).isEqualTo(DeleteOutcome.DELETED);
        assertThat(store().delete("x")).isEqualTo(DeleteOutcome.ABSENT);
    }

    @Test
    void a_deleted_name_is_free_again_without_its_old_metadata() {
        store().put("x", bytes("x"), Map.of("epoch", "1"));
        store().delete("x");
        assertThat(store().putIfAbsent("x", bytes("x"), Map.of())).isInstanceOf(PutOutcome.Created.class);
        assertThat(store().facts("x").orElseThrow().metadata()).isEmpty();
    }

    @Test
    void ages_are_of_the_services_own_clock() {
        store().put("heartbeat", bytes("x"), Map.of());
        var blob = store().read("heartbeat").orElseThrow();
        assertThat(blob.age()).isBetween(Duration.ofSeconds(-1), Duration.ofMinutes(1));
        assertThat(Duration.between(store().serviceTime(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
    }
}
