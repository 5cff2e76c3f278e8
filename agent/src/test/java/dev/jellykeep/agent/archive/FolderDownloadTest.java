package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDownloadTest {
    private static final String BACKUP = "backup-20251108030217";

    @TempDir
    Path folder;

    @Test
    void everyBlobBecomesAFile() throws Exception {
        try (BlobStore store = store("data/jellyfin.db", "a b/ü.nfo", "x")) {
            Extracted extracted = download(store, blobs(store));
            assertThat(extracted.entries()).isEqualTo(3);
            assertThat(folder.resolve("target/data/jellyfin.db")).hasContent("content of data/jellyfin.db");
            assertThat(folder.resolve("target/a b/ü.nfo")).hasContent("content of a b/ü.nfo");
        }
    }

    @Test
    void aBlobThatEndsEarlyIsNotTakenForWhole() throws Exception {
        try (BlobStore store = store("data/jellyfin.db")) {
            BlobFacts whole = blobs(store).getFirst();
            BlobFacts longer = facts(whole.name(), whole.length() + 10);
            assertThatThrownBy(() -> download(store, List.of(longer)))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("shorter than it says");
        }
    }

    @Test
    void foldersThatAreListedAsEmptyBlobsAreNoFiles() throws Exception {
        try (BlobStore store = store("data/jellyfin.db", "empty")) {
            List<BlobFacts> listed = new ArrayList<>(blobs(store));
            listed.addFirst(facts(BACKUP + "/data", 0));
            listed.addFirst(facts(BACKUP + "/", 0));
            assertThat(download(store, listed).entries()).isEqualTo(2);
            assertThat(folder.resolve("target/empty")).isRegularFile();
        }
    }

    @Test
    void ofOurOwnFolderNothingIsTaken() throws Exception {
        try (BlobStore store = store("data/jellyfin.db")) {
            List<BlobFacts> listed = new ArrayList<>(blobs(store));
            listed.add(facts(BACKUP + "/.jellykeep/replica.json", 5));
            assertThat(download(store, listed).entries()).isOne();
        }
    }

    @Test
    void hostileNamesAndTooMuchAreRefused() throws Exception {
        try (BlobStore store = store("x")) {
            for (String name : List.of("/../evil", "/a/../../evil", "//etc/evil", "/n" + "n".repeat(255))) {
                assertThatThrownBy(() -> download(store, List.of(facts(BACKUP + name, 1))))
                        .as(name)
                        .isInstanceOf(ArchiveRefused.class);
            }
            assertThatThrownBy(() -> download(store, List.of(facts(BACKUP + "/big", 1L << 40))))
                    .isInstanceOf(ArchiveRefused.class);
            List<BlobFacts> many = new ArrayList<>();
            blobs(store).forEach(one -> many.addAll(java.util.Collections.nCopies(200, one)));
            assertThatThrownBy(() -> download(store, many)).isInstanceOf(ArchiveRefused.class);
        }
    }

    private BlobStore store(String... paths) throws Exception {
        BlobStore store = FolderStore.open(Files.createDirectories(folder.resolve("store")));
        for (String path : paths) {
            store.putIfAbsent(BACKUP + "/" + path, ("content of " + path).getBytes(StandardCharsets.UTF_8), Map.of());
        }
        return store;
    }

    private static List<BlobFacts> blobs(BlobStore store) {
        List<BlobFacts> blobs = new ArrayList<>();
        store.list(BACKUP + "/", blobs::add);
        return blobs;
    }

    private static BlobFacts facts(String name, long length) {
        return new BlobFacts(name, length, "e", Instant.EPOCH, Map.of());
    }

    private Extracted download(BlobStore store, List<BlobFacts> blobs) throws Exception {
        Path target = folder.resolve("target");
        dev.jellykeep.agent.data.Workspace.deleteTree(target);
        Files.createDirectories(target);
        return FolderDownload.download(
                store, BACKUP, blobs, target, folder.resolve("seen"), Limits.of(100, 1 << 20), _ -> {});
    }
}
