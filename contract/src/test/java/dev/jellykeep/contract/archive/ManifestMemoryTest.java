package dev.jellykeep.contract.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestMemoryTest {
    @Test
    void aBigLibraryNeedsNoMoreMemoryThanASmallOne(@TempDir Path folder) throws IOException {
        int count = 200_000;
        Path file = folder.resolve("manifest.json");
        List<Long> used = new ArrayList<>();
        try (ManifestWriter writer = new ManifestWriter(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < count; i++) {
                writer.entry(new ManifestEntry(
                        "metadata/library/" + i, EntryType.FILE, i, 0644, 1000, 1000, "0".repeat(64), null, null));
                measure(i, count, used);
            }
        }
        long[] seen = {0};
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            ManifestReader.read(in, new ManifestReader.Visitor() {
                @Override
                public void entry(ManifestEntry entry) {
                    measure((int) seen[0]++, count, used);
                }
            });
        }
        assertThat(seen[0]).isEqualTo(count);
        assertThat(used.get(1) - used.get(0)).as("bytes while writing").isLessThan(8L << 20);
        assertThat(used.get(3) - used.get(2)).as("bytes while reading").isLessThan(8L << 20);
    }

    private static void measure(int at, int count, List<Long> used) {
        if (at == 1_000 || at == count - 1_000) {
            System.gc();
            used.add(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
    }
}
