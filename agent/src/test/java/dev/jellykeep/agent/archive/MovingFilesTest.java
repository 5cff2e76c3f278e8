package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.contract.archive.ManifestEntry;
import dev.jellykeep.contract.archive.ManifestReader;
import dev.jellykeep.contract.archive.Skipped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that move while they are archived never break the archive, and the manifest says so.
class MovingFilesTest {
    private static final int GZIP_HEADER = 10;
    private static final int LARGE = MovingFile.FITS_MEMORY + 3_000_000;
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    @Test
    void aFileThatGrowsShrinksAndVanishesMeanwhileNeverBreaksTheArchive() throws Exception {
        Path root = root();
        for (int i = 0; i < 40; i++) {
            Files.write(root.resolve("f" + i), new byte[i * 3000]);
        }
        Files.write(root.resolve("large"), new byte[LARGE]);
        Files.write(root.resolve("still"), new byte[5000]);
        AtomicBoolean stop = new AtomicBoolean();
        try (var mover = Executors.newSingleThreadExecutor()) {
            var moving = mover.submit(() -> move(root, stop));
            for (int round = 0; round < 8; round++) {
                Extracted extracted = roundTrip(root, "round-" + round);
                assertThat(notes().get("still")).isNull();
                assertThat(extracted.entries() + extracted.skipped().size()).isGreaterThan(5);
            }
            stop.set(true);
            moving.get();
        }
    }

    private static Void move(Path root, AtomicBoolean stop) throws IOException {
        Random random = new Random(1);
        while (!stop.get()) {
            String name = random.nextInt(10) == 0 ? "large" : "f" + random.nextInt(40);
            Path file = root.resolve(name);
            switch (random.nextInt(4)) {
                case 0 ->
                    Files.write(
                            file, new byte[random.nextInt(9000)], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                case 1 -> truncate(file, random);
                case 2 -> Files.deleteIfExists(file);
                default -> {
                    Path draft = root.resolveSibling("draft");
                    Files.write(draft, new byte[name.equals("large") ? LARGE : random.nextInt(100_000)]);
                    Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return null;
    }

    private static void truncate(Path file, Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(random.nextLong(channel.size() + 1));
        } catch (NoSuchFileException gone) {
            Files.write(file, new byte[1]);
        }
    }

    /// The kernel's own files have another size each time.
    @Test
    void aFileThatKeepsChangingIsSaidToHaveMoved() throws Exception {
        Path archived = folder.resolve("archive");
        try (OutputStream out = Files.newOutputStream(archived);
                ArchiveWriter archive = new ArchiveWriter(out, NativeBytes.HEADER, folder, 1, _ -> {})) {
            ArchiveWriter.Stored stored =
                    archive.file(Path.of("/proc/self/status"), "restless").orElseThrow();
            assertThat(stored.moved()).isTrue();
            assertThat(stored.size()).isPositive();
            archive.finish();
        }
        TreeArchive.extract(archived, folder.resolve("target"), folder.resolve("seen"));
        assertThat(folder.resolve("target/restless")).content().startsWith("Name:");
        assertThat(notes()).containsEntry("restless", "kept changing while it was read");
    }

    @Test
    void aLargeFileThatShrinksMeanwhileIsFilledAndSaidToHaveMoved() throws Exception {
        Path root = root();
        Path file = root.resolve("large");
        Files.write(file, noise(LARGE));
        OutputStream shrinking = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                if (size() == GZIP_HEADER) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.truncate(MovingFile.FITS_MEMORY);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
                super.write(bytes, offset, length);
            }
        };
        TreeArchive.write(root, folder, shrinking);
        Files.write(folder.resolve("archive"), ((ByteArrayOutputStream) shrinking).toByteArray());
        Path target = folder.resolve("target");
        TreeArchive.extract(folder.resolve("archive"), target, folder.resolve("seen"));
        assertThat(target.resolve("large")).hasSize(LARGE);
        assertThat(notes()).containsEntry("large", "kept changing while it was read");
    }

    /// Cut to what fits memory, it would look whole.
    @Test
    void aFileThatOutgrewMemoryAfterTheScanIsTakenWhole() throws Exception {
        Path root = root();
        Path file = root.resolve("log");
        Files.write(file, new byte[10]);
        Scan scan = TreeArchive.scan(root, folder);
        Files.write(file, noise(LARGE));
        archive(root, scan);
        TreeArchive.extract(folder.resolve("archive"), folder.resolve("target"), folder.resolve("seen"));
        assertThat(folder.resolve("target/log")).hasSameBinaryContentAs(file);
        assertThat(notes().get("log")).isNull();
    }

    @Test
    void whatIsNeitherFileNorFolderIsSkippedAndSaid() throws Exception {
        Path root = root();
        Files.writeString(root.resolve("file"), "x");
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (var socket = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
            socket.bind(java.net.UnixDomainSocketAddress.of(root.resolve("socket")));
            Extracted extracted = roundTrip(root, "special");
            assertThat(extracted.skipped()).extracting(Skipped::path).containsExactlyInAnyOrder("pipe", "socket");
            assertThat(extracted.entries()).isOne();
        }
    }

    @Test
    void aFileThatBecameAFifoOrFolderOrLinkAfterTheScanIsSkipped() throws Exception {
        Path root = root();
        for (String name : List.of("pipe", "folder", "link", "gone")) {
            Files.writeString(root.resolve(name), "x");
        }
        Scan scan = TreeArchive.scan(root, folder);
        for (String name : List.of("pipe", "folder", "link", "gone")) {
            Files.delete(root.resolve(name));
        }
        assertThat(new ProcessBuilder("mkfifo", root.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(root.resolve("folder"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("elsewhere"));
        Extracted extracted = archiveAndExtract(root, scan);
        assertThat(extracted.skipped())
                .extracting(Skipped::path)
                .containsExactlyInAnyOrder("pipe", "folder", "link", "gone");
    }

    @Test
    void aFileThatBecameADatabaseAfterTheScanIsNotReadAsAFile() throws Exception {
        Path root = root();
        Files.writeString(root.resolve("small"), "");
        Files.write(root.resolve("big"), new byte[10]);
        Scan scan = TreeArchive.scan(root, folder);
        Files.write(root.resolve("small"), MAGIC);
        byte[] big = noise(LARGE);
        System.arraycopy(MAGIC, 0, big, 0, MAGIC.length);
        Files.write(root.resolve("big"), big);
        Extracted extracted = archiveAndExtract(root, scan);
        assertThat(extracted.skipped()).extracting(Skipped::path).containsExactlyInAnyOrder("small", "big");
        assertThat(extracted.skipped())
                .allSatisfy(each -> assertThat(each.why()).startsWith("became a database after the scan"));
    }

    /// Taken for an unreadable file, the archive would go on with half an entry in it.
    @Test
    void aFailingUploadIsNotAnUnreadableFile() throws Exception {
        Path root = root();
        Files.write(root.resolve("file"), noise(3_000_000));
        OutputStream failing = new OutputStream() {
            private long left = 1000;

            @Override
            public void write(int b) throws IOException {
                if (--left < 0) {
                    throw new IOException("the store is gone");
                }
            }
        };
        try (ArchiveWriter archive = new ArchiveWriter(failing, NativeBytes.HEADER, folder, 1, _ -> {})) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 5; i++) {
                            archive.file(root.resolve("file"), "file-" + i);
                        }
                    })
                    .isNotInstanceOf(UnreadableFileException.class)
                    .hasMessage("the store is gone");
        }
        assertThat(folder.resolve("manifest.json")).doesNotExist();
    }

    @Test
    void archivesNameNoUserOfThisMachine() throws Exception {
        Path root = root();
        Files.writeString(root.resolve("file"), "x");
        roundTrip(root, "names");
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(folder.resolve("archive"))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                assertThat(entry.getUserName()).as(entry.getName()).isEmpty();
                assertThat(entry.getGroupName()).as(entry.getName()).isEmpty();
            }
        }
    }

    private Path root() throws IOException {
        return Files.createDirectory(folder.resolve("root"));
    }

    private static byte[] noise(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        return noise;
    }

    private Extracted roundTrip(Path root, String name) throws IOException {
        archive(root, TreeArchive.scan(root, folder));
        return TreeArchive.extract(folder.resolve("archive"), folder.resolve(name), folder.resolve("seen"));
    }

    private Extracted archiveAndExtract(Path root, Scan scan) throws IOException {
        archive(root, scan);
        return TreeArchive.extract(folder.resolve("archive"), folder.resolve("target"), folder.resolve("seen"));
    }

    private void archive(Path root, Scan scan) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("archive"))) {
            TreeArchive.write(root, scan, folder, out);
        }
    }

    /// The manifest's note for each entry, null where there is none.
    private Map<String, @org.jspecify.annotations.Nullable String> notes() throws IOException {
        Map<String, @org.jspecify.annotations.Nullable String> notes = new HashMap<>();
        try (var tar =
                new TarArchiveInputStream(new GZIPInputStream(Files.newInputStream(folder.resolve("archive"))))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals(ArchiveWriter.MANIFEST)) {
                    ManifestReader.read(new ByteArrayInputStream(tar.readAllBytes()), new ManifestReader.Visitor() {
                        @Override
                        public void entry(ManifestEntry said) {
                            notes.put(said.path(), said.note());
                        }
                    });
                }
            }
        }
        return notes;
    }
}
