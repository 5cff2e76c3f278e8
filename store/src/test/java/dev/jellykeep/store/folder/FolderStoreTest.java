package dev.jellykeep.store.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoreException.Kind;
import dev.jellykeep.store.SwapOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest {
    @TempDir
    private Path root;

    @Test
    void an_archive_is_a_plain_file_that_tar_opens() throws IOException {
        try (var store = FolderStore.open(root);
                var upload = store.begin("backup-20260101000000.tar.gz", 1024)) {
            upload.write("the bytes".getBytes(UTF_8));
            upload.commit(Map.of("epoch", "1"));
        }
        assertThat(root.resolve("backup-20260101000000.tar.gz")).hasContent("the bytes");
    }

    @Test
    void files_put_there_by_hand_are_blobs_and_our_own_are_not() throws IOException {
        try (var store = FolderStore.open(root)) {
            store.put("lineage.json", new byte[3], Map.of("epoch", "1"));
            Files.writeString(root.resolve("backup-old.tar.gz"), "by hand");
            Files.createDirectories(root.resolve("backup-20251108030217/data"));
            Files.writeString(root.resolve("backup-20251108030217/data/jellyfin.db"), "x");
            Files.createDirectory(root.resolve("empty"));
            assertThat(names(store))
                    .containsExactly("backup-20251108030217/data/jellyfin.db", "backup-old.tar.gz", "lineage.json");
            assertThat(store.facts("backup-old.tar.gz").orElseThrow().metadata())
                    .isEmpty();
            assertThat(store.facts("empty")).isEmpty();
            assertThatThrownBy(() -> store.put(".jellykeep-store/lock", new byte[1], Map.of()))
                    .hasMessageContaining("the store's own");
        }
    }

    /// As file managers, backup tools and disks leave them.
    @Test
    void what_others_keep_there_ends_every_listing() throws IOException {
        try (var store = FolderStore.open(root)) {
            store.put("lineage.json", new byte[3], Map.of());
            Files.writeString(root.resolve("Icon\r"), "x");
            Files.writeString(root.resolve("a\\b"), "x");
            Files.createSymbolicLink(root.resolve("loop"), root.resolve("loop"));
            Files.createSymbolicLink(root.resolve("below a file"), root.resolve("lineage.json/x"));
            assertThatCode(() -> assertThat(names(store)).containsExactly("lineage.json"))
                    .doesNotThrowAnyException();
        }
    }

    /// An older tool's backup would be taken over without it.
    @Test
    void a_file_of_a_backup_that_can_not_be_named_is_left_out_silently() throws IOException {
        try (var store = FolderStore.open(root)) {
            var backup = Files.createDirectory(root.resolve("backup-20251108030217"));
            Files.writeString(backup.resolve("AC\\DC.jpg"), "x");
            assertThatThrownBy(() -> names(store))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("backslash");
        }
    }

    @Test
    void a_copy_of_the_folder_is_the_same_store() throws IOException {
        var copy = Files.createDirectory(root.resolve("copy"));
        var original = Files.createDirectory(root.resolve("original"));
        try (var store = FolderStore.open(original)) {
            store.put("a", new byte[3], Map.of("epoch", "1"));
        }
        try (var files = Files.walk(original)) {
            for (var file : files.filter(f -> !f.equals(original)).toList()) {
                Files.copy(
                        file, copy.resolve(original.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        try (var store = FolderStore.open(copy)) {
            assertThat(store.facts("a").orElseThrow().metadata()).isEqualTo(Map.of("epoch", "1"));
        }
    }

    @Test
    void an_edit_by_hand_is_seen_as_another_etag() throws IOException {
        try (var store = FolderStore.open(root)) {
            var etag = store.put("lineage.json", "abc".getBytes(UTF_8), Map.of());
            Files.writeString(root.resolve("lineage.json"), "abd");
            Files.setLastModifiedTime(
                    root.resolve("lineage.json"), FileTime.from(Instant.now().plusSeconds(1)));
            assertThat(store.compareAndSwap("lineage.json", new byte[1], etag))
                    .isInstanceOf(SwapOutcome.Conflict.class);
        }
    }

    @Test
    void a_clock_that_stands_still_or_goes_back_still_changes_the_etag() {
        var now = new Instant[] {Instant.parse("2026-01-01T00:00:00Z")};
        InstantSource clock = () -> now[0];
        try (var store = FolderStore.open(root, clock)) {
            var etags = new ArrayList<String>();
            for (var i = 0; i < 3; i++) {
                etags.add(store.put("a", new byte[3], Map.of()));
                now[0] = now[0].minusSeconds(1);
            }
            assertThat(etags).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_upload_that_died_is_swept_away_after_a_week_and_not_before() throws IOException {
        try (var store = FolderStore.open(root)) {
            store.put("a", new byte[3], Map.of());
            var drafts = root.resolve(".jellykeep-store/uploads");
            var old = Files.createFile(drafts.resolve("old"));
            var young = Files.createFile(drafts.resolve("young"));
            Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(8 * 24 * 3600)));
            Files.setLastModifiedTime(young, FileTime.from(Instant.now().minusSeconds(6 * 24 * 3600)));
            store.put("a", new byte[3], Map.of());
            assertThat(old).doesNotExist();
            assertThat(young).exists();
        }
    }

    @Test
    void a_missing_folder_is_told_with_the_command_that_makes_it() {
        var e = catchThrowableOfType(StoreException.class, () -> FolderStore.open(root.resolve("none")));
        assertThat(e.kind()).isEqualTo(Kind.NO_CONTAINER);
        assertThat(e).hasMessageContaining(root.resolve("none") + " doesn't exist: make it with mkdir -p");
    }

    @Test
    void a_file_is_no_folder() throws IOException {
        var file = Files.createFile(root.resolve("file"));
        var e = catchThrowableOfType(StoreException.class, () -> FolderStore.open(file));
        assertThat(e.kind()).isEqualTo(Kind.INVALID);
        assertThat(e).hasMessageContaining("is not a folder");
    }

    @Test
    void a_folder_that_cannot_be_written_serves_for_reading_and_says_why_not_for_writing() {
        var nobodys = Path.of("/sys/kernel");
        assumeTrue(Files.isReadable(nobodys), "only Linux has a folder that even root can't write to");
        try (var store = FolderStore.open(nobodys)) {
            assertThat(store.facts("notes")).isPresent();
            var e = catchThrowableOfType(StoreException.class, () -> store.put("b", new byte[1], Map.of()));
            assertThat(e.kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(e).hasMessageContaining("chown or chmod u+rwX");
        }
    }

    @Test
    void a_name_that_is_a_folder_or_goes_through_a_file_is_refused_with_a_sentence() {
        try (var store = FolderStore.open(root)) {
            store.put("a/b", new byte[1], Map.of());
            for (var name : List.of("a", "a/b/c")) {
                var e = catchThrowableOfType(StoreException.class, () -> store.put(name, new byte[1], Map.of()));
                assertThat(e.kind()).isEqualTo(Kind.INVALID);
            }
            assertThat(names(store)).containsExactly("a/b");
        }
    }

    @Test
    void a_folder_that_goes_away_is_told_as_such() throws IOException {
        var folder = Files.createDirectory(root.resolve("gone"));
        try (var store = FolderStore.open(folder)) {
            Files.delete(folder);
            var e = catchThrowableOfType(StoreException.class, () -> store.list("", _ -> {}));
            assertThat(e.kind()).isEqualTo(Kind.NO_CONTAINER);
        }
    }

    private static List<String> names(FolderStore store) {
        var names = new ArrayList<String>();
        store.list("", facts -> names.add(facts.name()));
        return names;
    }
}
