package dev.jellykeep.agent.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.fail;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.agent.fixture.OddTrees;
import dev.jellykeep.agent.snapshot.NameRules;
import dev.jellykeep.contract.archive.Skipped;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the agent writes, its own restore accepts, and nothing else that resembles it.
class RoundTripTest {
    private static final boolean AS_ROOT = "root".equals(System.getProperty("user.name"));

    private static final Map<Long, Grown> GROWN = new HashMap<>();

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenIsGivenBack(long seed) throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        OddTrees.grow(root, seed, AS_ROOT);
        Path archive = folder.resolve("archive");
        ArchiveWriter.Finished finished;
        try (var out = Files.newOutputStream(archive)) {
            finished = TreeArchive.write(root, folder, out);
        }
        Path target = folder.resolve("target");
        Extracted extracted = TreeArchive.extract(archive, target, folder.resolve("seen"));

        assertThat(OddTrees.content(target)).isEqualTo(OddTrees.content(root));
        assertThat(extracted.skipped()).isEmpty();
        assertThat(extracted.sha256()).isEqualTo(finished.sha256());
        assertThat(extracted.bytes()).isEqualTo(finished.bytes());
        assertThat(extracted.entries()).isEqualTo(finished.entries());
        assertThat(Files.size(archive)).isEqualTo(finished.compressed());
        for (SeenEntries.Seen seen : TreeArchive.seen(folder.resolve("seen"))) {
            FileStat live = FileStat.of(root.resolve(seen.entry().path())).orElseThrow();
            assertThat(seen.entry().mode()).as(seen.entry().path()).isEqualTo(live.mode());
            assertThat(seen.entry().uid()).isEqualTo(live.uid());
            assertThat(seen.entry().gid()).isEqualTo(live.gid());
            if (TreeArchive.isFile(seen)) {
                assertThat(seen.modified().toEpochMilli()).isEqualTo(Math.floorDiv(live.modified(), 1_000_000L));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aFlippedByteIsNeverAcceptedAsOtherContent(long seed) throws Exception {
        Grown grown = grown(seed % 10);
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            int at = random.nextInt(grown.archive().length);
            byte[] flipped = grown.archive().clone();
            flipped[at] ^= (byte) (1 + random.nextInt(255));
            Path target = Files.createDirectories(folder.resolve("target-" + i));
            try {
                // some bits of gzip's header and of a deflate block's padding mean nothing
                Extracted extracted = extract(flipped, target);
                assertThat(OddTrees.content(target)).as("byte %d", at).isEqualTo(grown.content());
                assertThat(extracted.sha256()).as("byte %d", at).isNotEqualTo(grown.sha256());
            } catch (ArchiveRefused refused) {
                assertThat(refused).hasMessageMatching("[^\\p{Cntrl}]{10,300}");
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCutArchiveIsRefused(long seed) throws Exception {
        byte[] archive = grown(seed % 10).archive();
        Random random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            int length = seed < 8 ? archive.length - 1 - (int) seed * 4 - i : random.nextInt(archive.length);
            Path target = Files.createDirectories(folder.resolve("target-" + i));
            try {
                extract(Arrays.copyOf(archive, length), target);
                fail("accepted with %d of %d bytes", length, archive.length);
            } catch (ArchiveRefused refused) {
                assertThat(refused.reason()).isEqualTo(Reason.DAMAGED_ARCHIVE);
            }
        }
    }

    @Test
    void timesOutOfAnyCalendarAreNoHindrance() throws Exception {
        for (String time : new String[] {"9999999999999999", "-9999999999999999", "31556889864403199", "0.5"}) {
            byte[] archive =
                    new TarBytes().pax("mtime", time).file("f", "x").end().gz();
            Path target = Files.createDirectories(folder.resolve(time));
            Extraction.extract(
                    new ByteArrayInputStream(archive), target, folder.resolve("seen"), Limits.of(10, 1000), _ -> {});
            assertThat(target.resolve("f")).hasContent("x");
        }
    }

    @Test
    void aLibraryOfLinksToElsewhereCanBeGivenBack() throws Exception {
        Path archive = folder.resolve("archive");
        try (var out = Files.newOutputStream(archive);
                ArchiveWriter writer = new ArchiveWriter(out, NativeBytes.HEADER, folder, 1, _ -> {})) {
            for (int i = 0; i < 120_000; i++) {
                writer.skipped(new Skipped("films/" + i, "a link that may leave the data root"));
            }
            var _ = writer.finish();
        }
        assertThatCode(() -> TreeArchive.extract(archive, folder.resolve("other"), folder.resolve("seen-other")))
                .doesNotThrowAnyException();
        Extracted extracted = TreeArchive.extract(archive, folder.resolve("target"), folder.resolve("seen"));
        assertThat(extracted.skipped().getFirst().path()).isEqualTo("films/0");
        assertThat(extracted.skipped().getLast().why()).startsWith("110000 more");
    }

    /// Some file systems have longer names than others.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noNameIsArchivedThatNoRestoreTakes(long seed) throws Exception {
        Random random = new Random(seed);
        String sign = new String[] {"n", "ä", "中", "\uD83C\uDFAC", "\uFFFD"}[random.nextInt(5)];
        String path = "d/".repeat(random.nextInt(2000)) + sign.repeat(1 + random.nextInt(300));
        if (NameRules.against(path).isEmpty()) {
            assertThatCode(() -> EntryName.path(path)).doesNotThrowAnyException();
            assertThat(EntryName.path(path)).isEqualTo(path);
            assertThat(path.length() - path.lastIndexOf('/') - 1).isLessThan(256);
        } else {
            assertThat(path.getBytes(UTF_8).length).isGreaterThan(sign.equals("\uFFFD") ? 0 : 255);
        }
    }

    private Extracted extract(byte[] archive, Path target) throws Exception {
        return Extraction.extract(
                new ByteArrayInputStream(archive), target, folder.resolve("seen"), Limits.of(1000, 1L << 30), _ -> {});
    }

    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    private record Grown(byte[] archive, String sha256, SortedMap<String, String> content) {}

    private static synchronized Grown grown(long seed) throws Exception {
        Grown known = GROWN.get(seed);
        if (known == null) {
            Path root = Files.createDirectories(shared.resolve("root-" + seed));
            OddTrees.grow(root, seed, AS_ROOT);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String sha256 = TreeArchive.write(root, shared, out).sha256();
            known = new Grown(out.toByteArray(), sha256, OddTrees.content(root));
            GROWN.put(seed, known);
        }
        return known;
    }
}
