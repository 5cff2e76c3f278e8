package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.glob.Glob;
import dev.jellykeep.contract.glob.Globs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScannerTest {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Path root = Path.of("");
    private List<Skipped> skipped = List.of();

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
    }

    @Test
    void whatNobodyNeedsIsLeftOut() throws Exception {
        for (String path : List.of(
                "log/log_1.log",
                "cache/images/a",
                "transcodes/a.ts",
                "data/backups/b.zip",
                "data/SQLiteBackups/c.db",
                "data/library.db.old",
                "config/system.xml.old",
                ".jellykeep/replica.json",
                "data/jellyfin.db-wal",
                "data/jellyfin.db-shm",
                "data/jellyfin.db-journal")) {
            write(path, "x".getBytes(StandardCharsets.UTF_8));
        }
        write("data/jellyfin.db", MAGIC);
        write("data/.hidden", new byte[1]);
        write("plugins/log/kept", new byte[1]);
        assertThat(files()).containsExactly("data/.hidden", "data/jellyfin.db", "plugins/log/kept");
        assertThat(skipped).isEmpty();
    }

    @Test
    void aDatabaseIsKnownByItsContentAndAnEmptyOneByItsLog() throws Exception {
        write("data/jellyfin.db", new byte[0]);
        write("data/jellyfin.db-wal", new byte[4096]);
        write("plugins/odd.txt", MAGIC);
        write("plugins/odd.txt-wal", new byte[10]);
        write("plugins/lonely-wal", new byte[10]);
        write("plugins/text.db", new byte[100]);
        write("plugins/text.db-journal", new byte[100]);
        write("plugins/empty.db", new byte[0]);
        assertThat(scan("").stream()
                        .filter(each -> each.type() == EntryType.DATABASE)
                        .map(ScannedFile::path))
                .containsExactly("data/jellyfin.db", "plugins/odd.txt");
        assertThat(files())
                .contains("plugins/lonely-wal", "plugins/text.db", "plugins/text.db-journal", "plugins/empty.db")
                .doesNotContain("plugins/odd.txt-wal", "data/jellyfin.db-wal");
    }

    /// Archived alone, a log would be restored beside another database.
    @Test
    void theLogOfAnExcludedDatabaseIsNotTakenForAFile() throws Exception {
        write("plugins/big.db", MAGIC);
        write("plugins/big.db-wal", new byte[10]);
        assertThat(scan("plugins/big.db").stream().map(ScannedFile::path)).containsExactly("plugins");
    }

    @Test
    void linksThatMightLeaveAreSkippedAndSaid() throws Exception {
        Files.createDirectories(root.resolve("data/sub"));
        link("data/inside", "sub");
        link("data/dangling", "nowhere");
        link("data/up", "../data/sub");
        link("data/out", "../../x");
        link("data/absolute", "/etc");
        link("data/detour", "sub/../../../x");
        link("data/own", "../.jellykeep/lock");
        assertThat(files()).containsExactly("data/dangling", "data/inside", "data/up");
        assertThat(skipped)
                .extracting(Skipped::path)
                .containsExactlyInAnyOrder("data/out", "data/absolute", "data/detour", "data/own");
    }

    /// A restore stages below a folder of its own; what it can't stage it can't give back.
    @Test
    void aPathThatNoRestoreCouldStageIsSkippedAndSaid() throws Exception {
        Path deep = root;
        for (int i = 0; i < 34; i++) {
            deep = deep.resolve("d".repeat(100));
        }
        Files.createDirectories(deep);
        Files.writeString(deep.resolve("fits"), "x");
        Files.writeString(deep.resolve("l".repeat(200)), "x");
        assertThat(files()).hasSize(1);
        assertThat(skipped).extracting(Skipped::why).containsExactly("the path is too long");
    }

    @Test
    void aNameThatIsNotUtf8IsSkippedAndTheRestIsTaken() throws Exception {
        write("good", new byte[1]);
        Process made = new ProcessBuilder("sh", "-c", "touch \"$(printf 'bad\\377name')\"")
                .directory(root.toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        assertThat(files()).containsExactly("good");
        assertThat(skipped).extracting(Skipped::why).containsExactly("the name is not valid UTF-8");
    }

    @Test
    void theOrderIsThatOfTheIndex() throws Exception {
        for (String path : List.of("a/x", "a-b", "a.c", "a/y/z", "ab", "A", "ä", "a b")) {
            write(path, new byte[1]);
        }
        List<String> paths = scan("").stream().map(ScannedFile::path).toList();
        assertThat(paths).isSortedAccordingTo(PathOrder.PATHS).contains("a", "a/x", "a/y", "a/y/z");
    }

    @Test
    void aFolderThatIsNamedLikeADatabasesLogIsNotLost() throws Exception {
        write("data/a.db", MAGIC);
        write("data/a.db-shm/mine", new byte[1]);
        link("data/a.db-wal", "a.db-shm");
        assertThat(files()).containsExactly("data/a.db", "data/a.db-shm/mine", "data/a.db-wal");
    }

    private void write(String path, byte[] content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(root.resolve(path), Path.of(target));
    }

    private List<String> files() throws IOException {
        return scan("").stream()
                .filter(each -> each.type() != EntryType.DIRECTORY)
                .map(ScannedFile::path)
                .toList();
    }

    private List<ScannedFile> scan(String exclude) throws IOException {
        List<Glob> excludes =
                exclude.isEmpty() ? List.of() : List.of(Glob.parse(exclude).orThrow());
        Scan scan = Scanner.scan(
                new DataRoot(root, new Roles("", "config")),
                new Globs(List.of(), excludes, ""),
                folder.resolve("spool"));
        skipped = scan.skipped();
        List<ScannedFile> files = new ArrayList<>();
        try (ScanReader reader = ScanReader.of(scan)) {
            for (Optional<ScannedFile> next = reader.next(); next.isPresent(); next = reader.next()) {
                files.add(next.get());
            }
        }
        return files;
    }
}
