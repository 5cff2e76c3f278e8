package dev.jellykeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every store keeps to when large blobs are written and read.
public abstract class UploadContract extends StoreFixture {
    @Test
    void any_range_is_read_exactly() throws IOException {
        var content = random(3 * BLOCK + 17);
        upload("archive", content, Map.of());
        for (var range : List.of(
                new long[] {0, 1},
                new long[] {BLOCK - 1, 2},
                new long[] {5, content.length},
                new long[] {content.length - 1, 10},
                new long[] {content.length, 10},
                new long[] {content.length + 5, 10},
                new long[] {7, 0})) {
            var from = (int) Math.min(range[0], content.length);
            var to = (int) Math.min(content.length, from + range[1]);
            try (var in = store().open("archive", range[0], range[1])) {
                assertThat(in.readAllBytes())
                        .as("%d bytes from %d", range[1], range[0])
                        .isEqualTo(java.util.Arrays.copyOfRange(content, from, to));
            }
        }
    }

    @Test
    void an_empty_blob_is_a_blob() throws IOException {
        try (var upload = store().begin("empty", BLOCK)) {
            assertThat(upload.commit(Map.of("epoch", "1")))
                    .isInstanceOfSatisfying(
                            UploadOutcome.Committed.class,
                            committed -> assertThat(committed.length()).isZero());
        }
        store().put("small", new byte[0], Map.of());
        assertThat(names("")).containsExactly("empty", "small");
        assertThat(store().read("empty").orElseThrow().content()).isEmpty();
        try (var in = store().open("empty", 0, Long.MAX_VALUE)) {
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void an_upload_is_invisible_until_it_is_committed() throws IOException {
        try (var upload = store().begin("archive", BLOCK)) {
            upload.write(random(2 * BLOCK + 1));
            assertThat(names("")).isEmpty();
            assertThat(store().facts("archive")).isEmpty();
            assertThat(store().read("archive")).isEmpty();
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        }
        assertThat(names("")).containsExactly("archive");
    }

    @Test
    void a_producer_that_fails_leaves_nothing_and_the_name_free() {
        assertThatThrownBy(() -> {
                    try (var upload = store().begin("archive", BLOCK)) {
                        upload.write(random(2 * BLOCK + 1));
                        throw new IOException("the disk went away");
                    }
                })
                .hasMessage("the disk went away");
        assertThat(names("")).isEmpty();
        var content = random(BLOCK + 3);
        assertThat(upload("archive", content, Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        assertThat(store().read("archive").orElseThrow().content()).isEqualTo(content);
    }

    @Test
    void closing_is_not_committing_and_nothing_can_be_committed_after_it() throws IOException {
        var upload = store().begin("archive", BLOCK);
        upload.write(random(10));
        upload.flush();
        upload.close();
        assertThatThrownBy(() -> upload.commit(Map.of())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> upload.write(1)).isInstanceOf(IllegalStateException.class);
        assertThat(names("")).isEmpty();
    }

    @Test
    void an_upload_never_replaces_what_is_there() {
        store().put("archive", bytes("first"), Map.of("epoch", "1"));
        assertThat(upload("archive", random(BLOCK + 1), Map.of("epoch", "2")))
                .isInstanceOf(UploadOutcome.AlreadyExists.class);
        assertThat(text("archive")).isEqualTo("first");
        assertThat(store().facts("archive").orElseThrow().metadata()).isEqualTo(Map.of("epoch", "1"));
    }

    @Test
    void two_uploads_of_one_name_never_mix() throws Exception {
        for (var round = 0; round < 5; round++) {
            var name = "archive-" + round;
            var contents = List.of(random(3 * BLOCK + round), random(3 * BLOCK + round));
            var outcomes = race(2, i -> upload(name, contents.get(i), Map.of("writer", "w" + i)));
            assertThat(outcomes)
                    .filteredOn(UploadOutcome.Committed.class::isInstance)
                    .hasSize(1);
            var winner = indexOf(outcomes, UploadOutcome.Committed.class);
            assertThat(store().read(name).orElseThrow().content()).isEqualTo(contents.get(winner));
            assertThat(store().facts(name).orElseThrow().metadata()).isEqualTo(Map.of("writer", "w" + winner));
        }
    }

    @Test
    void a_large_upload_comes_back_byte_for_byte() throws IOException {
        var length = 40L * 1024 * 1024 + 11;
        try (var upload = store().begin("large", 1024 * 1024)) {
            var pieces = new Random(7);
            var left = length;
            for (var piece = new byte[100_000]; left > 0; ) {
                pieces.nextBytes(piece);
                var count = (int) Math.min(piece.length, left);
                upload.write(piece, 0, count);
                left -= count;
            }
            assertThat(upload.written()).isEqualTo(length);
            assertThat(upload.commit(Map.of()))
                    .isInstanceOfSatisfying(
                            UploadOutcome.Committed.class,
                            committed -> assertThat(committed.length()).isEqualTo(length));
        }
        var pieces = new Random(7);
        var expected = new byte[100_000];
        try (var in = store().open("large", 0, Long.MAX_VALUE)) {
            var left = length;
            while (left > 0) {
                pieces.nextBytes(expected);
                var count = (int) Math.min(expected.length, left);
                var got = in.readNBytes(count);
                assertThat(java.util.Arrays.equals(got, 0, got.length, expected, 0, count))
                        .as("the bytes before %d of the end", left)
                        .isTrue();
                left -= count;
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    @Test
    void a_document_that_is_too_large_is_not_read_whole() {
        upload("large", new byte[BlobStore.SMALL + 1], Map.of());
        assertThat(store().read("large")).hasValueSatisfying(large -> {
            assertThat(large.oversized()).isTrue();
            assertThat(large.content()).isEmpty();
            assertThat(store().readIfChanged("large", large.etag())).isInstanceOf(ConditionalRead.Unchanged.class);
        });
        upload("small", new byte[BlobStore.SMALL], Map.of());
        assertThat(store().read("small")).hasValueSatisfying(small -> {
            assertThat(small.oversized()).isFalse();
            assertThat(small.content()).hasSize(BlobStore.SMALL);
        });
    }
}
