package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.store.BlobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory doesn't grow with the data: everything runs with a heap of 64 MiB.
class ConstantMemoryTest {
    private static final Duration BOUND = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void aLargeFileAndTwentyThousandSmallOnesPassThrough() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        grow(root);
        run("done", "archive", root, folder, folder.resolve("archive"));
        run("done", "extract", folder.resolve("archive"), folder.resolve("target"));
        // the extraction has held its digest against the manifest's
        assertThat(folder.resolve("target/large")).hasSize(300L << 20);
        assertThat(folder.resolve("target/many/199/99")).hasContent("19999");
        assertThat(Files.size(folder.resolve("target.seen"))).isGreaterThan(1_000_000);
    }

    private static void grow(Path root) throws IOException {
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            large.setLength(300L << 20);
            Random random = new Random(3);
            byte[] noise = new byte[4096];
            for (int i = 0; i < 2000; i++) {
                random.nextBytes(noise);
                large.seek(random.nextLong((300L << 20) - noise.length));
                large.write(noise);
            }
        }
        for (int i = 0; i < 200; i++) {
            Path sub = Files.createDirectories(root.resolve("many/" + i));
            for (int j = 0; j < 100; j++) {
                Files.writeString(sub.resolve(Integer.toString(j)), Integer.toString(i * 100 + j));
            }
        }
    }

    @Test
    void archivesThatAskForMemoryAreRefusedWithAsLittle() throws Exception {
        byte[] gigabytes = TarBytes.octal(2L << 30);
        refuse(
                "pax",
                new TarBytes()
                        .sized('x', "x", "", gigabytes, new byte[512])
                        .end()
                        .gz());
        refuse("chain", chain(new TarBytes().pax("comment", "x").tar()));
        refuse("globals", globals());
        refuse("links", links(60, "t".repeat(1_000_000)));
        refuse(
                "header",
                new TarBytes()
                        .sized('0', ".jellykeep/archive.json", "", gigabytes, new byte[512])
                        .end()
                        .gz());
    }

    @Test
    void linksThatMayBeThereOneByOneAreRefusedBeforeTheyTakeAllMemory() throws Exception {
        byte[] archive = links(6_500, "t/".repeat(2_000));
        Path target = Files.createDirectory(folder.resolve("target"));
        assertThatThrownBy(() -> Extraction.extract(
                        new ByteArrayInputStream(archive),
                        target,
                        folder.resolve("seen"),
                        Limits.of(1_000_000, 1L << 40),
                        _ -> {}))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("very long ones");
    }

    private static byte[] chain(byte[] part) {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 200_000; i++) {
            tar.raw(part);
        }
        return tar.file("f", "x").end().gz();
    }

    /// Links are kept until the end.
    private static byte[] links(int count, String target) {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < count; i++) {
            tar.pax("linkpath", target).link("l" + i, "x");
        }
        return tar.end().gz();
    }

    private static byte[] globals() {
        TarBytes tar = new TarBytes();
        for (int i = 0; i < 200; i++) {
            tar.global("own" + i, "v".repeat(1_000_000)).file("f" + i, "x");
        }
        return tar.end().gz();
    }

    private void refuse(String name, byte[] archive) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, archive);
        run("refused HOSTILE_ARCHIVE", "extract", file, folder.resolve(name + "-target"));
    }

    private void run(String expected, String command, Path... arguments) {
        JavaProcess program = JavaProcess.of(SmallHeapMain.class)
                .classPath(ArchiveWriter.class, JsonObject.class, BlobStore.class, TarArchiveEntry.class)
                .classPath(com.azure.json.JsonReader.class, org.apache.commons.io.IOUtils.class)
                .classPath(org.apache.commons.lang3.StringUtils.class)
                .machine("-Xmx64m", "-XX:TieredStopAtLevel=4")
                .arguments(command);
        for (Path argument : arguments) {
            program.arguments(argument.toString());
        }
        try (var child = program.start(folder, command)) {
            assertThat(child.awaitExit(BOUND)).as(child.tail(20)).isZero();
            assertThat(child.output()).contains(expected);
        }
    }
}
