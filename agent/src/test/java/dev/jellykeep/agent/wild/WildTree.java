package dev.jellykeep.agent.wild;

import dev.jellykeep.agent.fixture.OddTrees;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Grows a data root from a seed: odd names and modes, links that leave, sockets, FIFOs, databases in every state,
/// paths
/// of thousands of bytes.
final class WildTree {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    private static final String[] NAMES = {
        "plain.db", "?mode=memory&cache=shared", "#1%20.db", "a-wal", "b-journal", "x.db-wal-wal", "'; DROP", "ü.db"
    };

    private final Path root;
    private final Path scratch;
    private final Random random;

    /// @param scratch private folder, for what has to be made elsewhere
    private WildTree(Path root, Path scratch, long seed) {
        this.root = root;
        this.scratch = scratch;
        this.random = new Random(seed);
    }

    static void grow(Path root, Path scratch, long seed) throws IOException {
        OddTrees.grow(root, seed, true);
        WildTree tree = new WildTree(root, scratch, seed);
        int things = 4 + tree.random.nextInt(8);
        for (int i = 0; i < things; i++) {
            tree.thing();
        }
        tree.modes();
    }

    private void thing() throws IOException {
        Path at = place();
        switch (random.nextInt(14)) {
            case 0, 1 -> database(at);
            case 2 -> brokenDatabase(at);
            case 3 -> emptyBesideItsLog(at);
            case 4 -> command("mkfifo", at.toString());
            case 5 -> socket(at);
            case 6 -> Files.createSymbolicLink(at, Path.of(leaving()));
            case 7 -> Files.createLink(at, Files.write(place(), content(700)));
            case 8 -> Files.write(at, content((5 << 20) + random.nextInt(3)));
            case 9 -> deep(at);
            case 10 ->
                command(
                        "sh",
                        "-c",
                        "touch \"$0\"/\"$(printf 'bad\\377name')\"",
                        at.resolveSibling("").toString());
            case 11 -> besideADatabase(at);
            case 12 -> wizardsFlag(at);
            default -> Files.createDirectory(at);
        }
    }

    /// A path that nothing is at, in a folder that is there.
    private Path place() throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.walk(root)) {
            folders = all.filter(each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .filter(each -> each.toString().length() < 2000)
                    .sorted()
                    .toList();
        }
        Path folder = folders.get(random.nextInt(folders.size()));
        for (int i = 0; ; i++) {
            String name = NAMES[random.nextInt(NAMES.length)] + (i == 0 ? "" : "." + i);
            Path path = folder.resolve(name);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return path;
            }
        }
    }

    private String leaving() {
        return switch (random.nextInt(4)) {
            case 0 -> "/etc/passwd";
            case 1 -> "../".repeat(40) + "etc";
            case 2 -> "a/../../../x";
            default -> "x".repeat(200) + "/" + "y".repeat(100);
        };
    }

    /// A database, closed or as a killed server leaves it: in either journal mode, with what has not been written back.
    private void database(Path at) throws IOException {
        Path made = Files.createDirectories(scratch.resolve("db")).resolve("made.db");
        try (var connection = SqliteFile.open(made)) {
            SqliteFile.run(connection, "PRAGMA journal_mode = " + (random.nextBoolean() ? "WAL" : "DELETE"));
            SqliteFile.run(connection, "CREATE TABLE t (n INTEGER, s TEXT)");
            for (int i = random.nextInt(40); i >= 0; i--) {
                SqliteFile.run(connection, "INSERT INTO t VALUES (" + i + ", '" + "s".repeat(i * 20) + "')");
            }
            if (random.nextBoolean()) {
                take(at);
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
        if (!Files.exists(at)) {
            take(at);
        }
        removeScratch();
    }

    private void take(Path at) throws IOException {
        for (String ending : List.of("", "-wal", "-journal")) {
            Path part = scratch.resolve("db/made.db" + ending);
            Path to = at.resolveSibling(at.getFileName() + ending);
            if (Files.exists(part) && !Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
                Files.copy(part, to);
            }
        }
    }

    private void removeScratch() throws IOException {
        for (String ending : List.of("", "-wal", "-shm", "-journal")) {
            Files.deleteIfExists(scratch.resolve("db/made.db" + ending));
        }
    }

    private void brokenDatabase(Path at) throws IOException {
        byte[] broken = Arrays.copyOf(content(random.nextInt(3) == 0 ? 16 : 8192), random.nextBoolean() ? 8192 : 16);
        System.arraycopy(MAGIC, 0, broken, 0, MAGIC.length);
        Files.write(at, broken);
        if (random.nextBoolean()) {
            sideOf(at, "-journal", 600);
        }
        if (random.nextBoolean()) {
            sideOf(at, "-wal", 4000);
        }
    }

    private void emptyBesideItsLog(Path at) throws IOException {
        Files.createFile(at);
        sideOf(at, "-wal", random.nextBoolean() ? 0 : 4152);
    }

    private void sideOf(Path at, String ending, int bytes) throws IOException {
        Path side = at.resolveSibling(at.getFileName() + ending);
        if (!Files.exists(side, LinkOption.NOFOLLOW_LINKS)) {
            Files.write(side, content(bytes));
        }
    }

    /// What has a side file's name, and is none.
    private void besideADatabase(Path at) throws IOException {
        database(at);
        Path beside = at.resolveSibling(at.getFileName() + "-shm");
        if (!Files.exists(beside, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(beside);
            Files.writeString(beside.resolve("mine"), "mine");
        }
    }

    /// The one file that is looked for by name, as a link or not.
    private void wizardsFlag(Path at) throws IOException {
        Path flag = root.resolve("config/system.xml");
        if (Files.exists(flag, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.createDirectories(root.resolve("config"));
        if (random.nextBoolean()) {
            Files.writeString(flag, "<ServerConfiguration/>");
            Files.setAttribute(flag, "unix:mode", 0444);
        } else {
            Files.writeString(at, "<ServerConfiguration/>");
            Files.createSymbolicLink(flag, root.resolve("config").relativize(at));
        }
    }

    private void deep(Path at) throws IOException {
        Path folder = at;
        String part = "d".repeat(20 + random.nextInt(100));
        int most = random.nextBoolean() ? 3400 : 3700;
        while (root.relativize(folder).toString().length() + part.length() < most) {
            folder = folder.resolve(part);
        }
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("end"), "end");
    }

    private void socket(Path at) throws IOException {
        Path made = scratch.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(made));
            Files.move(made, at);
        }
    }

    /// Every mode, for the last of the folders too.
    private void modes() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(root)) {
            all = new ArrayList<>(walk.sorted().toList());
        }
        for (Path path : all.reversed()) {
            if (!path.equals(root) && !Files.isSymbolicLink(path) && random.nextInt(3) == 0) {
                Files.setAttribute(path, "unix:mode", random.nextInt(010000));
            }
        }
    }

    private byte[] content(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    static void command(String... line) {
        try {
            Process process = new ProcessBuilder(line).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", line) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
