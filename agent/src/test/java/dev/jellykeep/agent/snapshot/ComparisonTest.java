package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.FileStat;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whether there is news since my tip, on real files.
class ComparisonTest {
    private static final String TIP = "backup-20260131120000.tar.gz";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    private Path root = Path.of("");
    private Path index = Path.of("");
    private String content = "";

    @BeforeEach
    void makeTip() throws Exception {
        root = Files.createDirectory(folder.resolve("root"));
        index = folder.resolve("tip.index");
        Files.createDirectories(root.resolve("data/sub"));
        Files.createDirectories(root.resolve("empty"));
        Files.write(root.resolve("data/big"), new byte[9_000_000]);
        Files.writeString(root.resolve("data/small"), "small");
        Files.writeString(root.resolve("data/sub/deep"), "deep");
        Files.createSymbolicLink(root.resolve("data/link"), Path.of("small"));
        try (Connection server = SqliteFile.open(root.resolve("data/jellyfin.db"))) {
            SqliteFile.run(server, "PRAGMA journal_mode = WAL");
            SqliteFile.run(server, "CREATE TABLE Users (Id TEXT)");
        }
        try (Connection plugin = SqliteFile.open(root.resolve("data/plugin.db"))) {
            SqliteFile.run(plugin, "CREATE TABLE t (a)");
        }
        content = write(index, TIP);
    }

    @Test
    void untouchedDataAreNoNews() throws Exception {
        assertThat(firstChange()).isEmpty();
        assertThat(firstChange()).as("also after its databases were opened").isEmpty();
    }

    @Test
    void aTouchedFileIsNoNews() throws Exception {
        Files.setLastModifiedTime(root.resolve("data/big"), FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(root.resolve("data/sub"), FileTime.fromMillis(1_000_000));
        Files.setLastModifiedTime(root.resolve("data/plugin.db"), FileTime.fromMillis(1_000_000));
        Files.write(root.resolve("data/small"), Files.readAllBytes(root.resolve("data/small")));
        assertThat(firstChange()).isEmpty();
    }

    @Test
    void oneBitInABigFileIsNews() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(root.resolve("data/big").toFile(), "rw")) {
            file.seek(8_000_001);
            file.write(1);
        }
        assertThat(firstChange()).contains("data/big");
    }

    /// Restored by hand, the time tells nothing; the inode's change does.
    @Test
    void aChangeUnderTheSameSizeAndTimeIsNews() throws Exception {
        FileTime time = Files.getLastModifiedTime(root.resolve("data/small"));
        Files.writeString(root.resolve("data/small"), "SMALL");
        Files.setLastModifiedTime(root.resolve("data/small"), time);
        assertThat(firstChange()).contains("data/small");
    }

    @Test
    void deletedAddedAndRenamedFilesAreNews() throws Exception {
        Files.move(root.resolve("data/small"), root.resolve("data/smaller"));
        assertThat(firstChange()).isPresent();
        Files.move(root.resolve("data/smaller"), root.resolve("data/small"));
        assertThat(firstChange()).isEmpty();
        Files.delete(root.resolve("empty"));
        assertThat(firstChange()).contains("empty");
        Files.createDirectory(root.resolve("empty"));
        Files.writeString(root.resolve("zzz"), "");
        assertThat(firstChange()).contains("zzz");
        Files.delete(root.resolve("zzz"));
        Files.writeString(root.resolve("AAA"), "");
        assertThat(firstChange()).contains("AAA");
    }

    @Test
    void changedModesTypesTargetsAndOwnersAreNews() throws Exception {
        Path small = root.resolve("data/small");
        var mode = Files.getPosixFilePermissions(small);
        Files.setPosixFilePermissions(small, PosixFilePermissions.fromString("rwx------"));
        assertThat(firstChange()).contains("data/small");
        Files.setPosixFilePermissions(small, mode);
        assertThat(firstChange()).isEmpty();
        if ("root".equals(System.getProperty("user.name"))) {
            Object owner = Files.getAttribute(small, "unix:gid");
            Files.setAttribute(small, "unix:gid", 4_000_000, LinkOption.NOFOLLOW_LINKS);
            assertThat(firstChange()).contains("data/small");
            Files.setAttribute(small, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
        }
        Files.delete(root.resolve("data/link"));
        Files.createSymbolicLink(root.resolve("data/link"), Path.of("sub"));
        assertThat(firstChange()).contains("data/link");
        Files.delete(root.resolve("data/link"));
        Files.writeString(root.resolve("data/link"), "small");
        assertThat(firstChange()).contains("data/link");
    }

    @Test
    void aCommitIsNewsAlsoWhileItIsOnlyInTheLog() throws Exception {
        try (Connection server = SqliteFile.open(root.resolve("data/jellyfin.db"))) {
            assertThat(firstChange()).as("an open database").isEmpty();
            SqliteFile.run(server, "INSERT INTO Users VALUES ('a')");
            assertThat(firstChange()).contains("data/jellyfin.db");
        }
        assertThat(firstChange()).contains("data/jellyfin.db");
    }

    @Test
    void withoutAnIndexTheContentDecides() throws Exception {
        Files.delete(index);
        assertThat(firstChange()).isEmpty();
        Files.writeString(root.resolve("data/small"), "SMALL");
        assertThat(firstChange()).isPresent();
    }

    @Test
    void theIndexOfAnotherArchiveIsNotUsed() throws Exception {
        Files.writeString(root.resolve("data/small"), "later");
        String later = content;
        write(index, "backup-20260201120000.tar.gz");
        content = later;
        assertThat(firstChange()).isPresent();
        // the same name in another container
        write(index, TIP);
        content = later;
        assertThat(firstChange()).isPresent();
        assertThat(firstChange(null)).isPresent();
    }

    @Test
    void aDamagedIndexCostsTimeAndNeverTheAnswer() throws Exception {
        byte[] whole = Files.readAllBytes(index);
        for (int at = 0; at < whole.length; at += 1 + whole.length / 300) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << (at % 8));
            Files.write(index, damaged);
            assertThat(TipIndex.open(index, TIP)).as("byte %d", at).isEmpty();
            Files.write(index, java.util.Arrays.copyOf(whole, at));
            assertThat(TipIndex.open(index, TIP)).as("cut at %d", at).isEmpty();
        }
        assertThat(firstChange()).isEmpty();
        Files.writeString(root.resolve("data/small"), "SMALL");
        assertThat(firstChange()).isPresent();
    }

    private Optional<String> firstChange() throws IOException {
        return firstChange(TIP);
    }

    private Optional<String> firstChange(@Nullable String tip) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Scan scan = scan(work);
        MainDatabases mains = MainDatabases.copy(data(), scan, work, PATIENCE);
        assertThat(mains.failure()).isNull();
        return new Comparison(data(), mains, work, PATIENCE).firstChange(scan, index, tip, content);
    }

    private DataRoot data() {
        return new DataRoot(root, new Roles("", "config"));
    }

    private Scan scan(Path work) throws IOException {
        return Scanner.scan(data(), new Globs(List.of(), List.of(), ""), work.resolve("spool"));
    }

    /// What a backup leaves behind.
    ///
    /// @return the content digest
    private String write(Path file, String archive) throws IOException {
        Path work = Files.createDirectories(folder.resolve("work"));
        Scan scan = scan(work);
        ContentDigest digest = new ContentDigest();
        try (TipIndex.Writer writer = new TipIndex.Writer(file);
                ScanReader files = ScanReader.of(scan)) {
            for (Optional<ScannedFile> next = files.next(); next.isPresent(); next = files.next()) {
                TipIndex.Row row = row(next.get(), work.resolve("row.db"));
                writer.add(row);
                digest.add(row.path(), row.type(), row.size(), row.mode(), row.uid(), row.gid(), row.digest());
            }
            content = digest.finish();
            writer.finish(archive, content);
        }
        return content;
    }

    private TipIndex.Row row(ScannedFile file, Path copy) throws IOException {
        Path live = root.resolve(file.path());
        FileStat stat = file.stat();
        String digest = null;
        long size = file.size();
        switch (file.type()) {
            case DIRECTORY -> {}
            case LINK -> digest = file.target();
            case FILE -> digest = FileDigest.of(live);
            case DATABASE -> {
                assertThat(DatabaseCopy.copy(live, copy, PATIENCE)).isEqualTo(new DatabaseCopy.Result.Copied());
                digest = FileDigest.of(copy);
                size = Files.size(copy);
            }
        }
        EntryType type = file.type();
        return new TipIndex.Row(file.path(), type, size, stat.mode(), stat.uid(), stat.gid(), digest, stat, file.wal());
    }
}
