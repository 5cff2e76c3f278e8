package dev.jellykeep.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.store.azure.Azurites;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class UploadingProcessTest {
    @Test
    void an_uploader_that_is_killed_leaves_nothing_in_azure_and_the_name_usable() throws Exception {
        var container = Azurites.shared().newContainer();
        kill(UploadingProcess.start(List.of(), "die", Azurites.shared().connectionString(), container));
        try (var store = Azurites.store(container, "")) {
            assertNothingAndUsable(store);
        }
    }

    @Test
    void an_uploader_that_is_killed_leaves_nothing_in_a_folder_and_the_name_usable(@TempDir Path root)
            throws Exception {
        kill(UploadingProcess.start(List.of(), "die", "-", root.toString()));
        try (var store = FolderStore.open(root)) {
            assertNothingAndUsable(store);
        }
    }

    @Test
    void memory_does_not_grow_with_the_data() throws Exception {
        var container = Azurites.shared().newContainer();
        // 200 MiB through a heap that holds no quarter of it.
        var process = UploadingProcess.start(
                List.of("-Xmx48m", "-XX:MaxDirectMemorySize=16m", "-XX:+UseSerialGC"),
                "large",
                Azurites.shared().connectionString(),
                container);
        try {
            UploadingProcess.awaitLine(process, "same bytes");
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void kill(Process process) throws IOException, InterruptedException {
        try {
            UploadingProcess.awaitLine(process, "written");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void assertNothingAndUsable(BlobStore store) throws IOException {
        var names = new ArrayList<String>();
        store.list("", facts -> names.add(facts.name()));
        assertThat(names).isEmpty();
        assertThat(store.facts("archive")).isEmpty();
        try (var upload = store.begin("archive", 1024)) {
            upload.write(new byte[3000]);
            assertThat(upload.commit(Map.of())).isInstanceOf(UploadOutcome.Committed.class);
        }
        assertThat(store.facts("archive").orElseThrow().length()).isEqualTo(3000);
    }
}
