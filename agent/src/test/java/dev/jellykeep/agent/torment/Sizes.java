package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.data.SqliteFiles;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.snapshot.ContentDigest;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Nothing at all, and much more than fits memory: saved and restored by the agent as a process of its own, and
/// compared
/// by digest.
final class Sizes {
    private static final Duration BOUND = Duration.ofMinutes(20);
    private static final int HEADER = 100;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Path work;
    private final Path root;
    private final Path back;
    private final String heap;
    private final boolean anyData;
    private final Map<String, String> store;

    /// With a folder as the store.
    ///
    /// @param heap most that the agent's heap may take, as `96m`
    /// @param anyData save what no server has written, too
    Sizes(Path work, String heap, boolean anyData) throws IOException {
        this(
                work,
                heap,
                anyData,
                Map.of("JELLYKEEP_FOLDER", work.resolve("store").toString()));
        Path _ = Files.createDirectories(work.resolve("store"));
    }

    /// @param store the agent's settings that say where it is
    Sizes(Path work, String heap, boolean anyData, Map<String, String> store) throws IOException {
        this.work = work;
        this.heap = heap;
        this.anyData = anyData;
        this.store = store;
        root = Files.createDirectories(work.resolve("root"));
        back = Files.createDirectories(work.resolve("back"));
    }

    Path root() {
        return root;
    }

    /// A server's data with files and a database that can't be compressed, and a file of holes.
    ///
    /// @param noise bytes of the one, and a quarter of it of the database
    /// @param sparse length of the other
    void grow(long noise, long sparse) throws IOException, SQLException {
        var folders = ServerData.copyTo(root);
        try (OutputStream out = Files.newOutputStream(folders.dataDir().resolve("noise"))) {
            Random random = new Random(7);
            byte[] some = new byte[1 << 20];
            for (long written = 0; written < noise; written += some.length) {
                random.nextBytes(some);
                out.write(some);
            }
        }
        try (RandomAccessFile holes =
                new RandomAccessFile(folders.dataDir().resolve("sparse").toFile(), "rw")) {
            holes.setLength(sparse);
            holes.seek(sparse / 2);
            holes.write(1);
        }
        try (Connection plugin = SqliteFile.open(folders.databaseFolder().resolve("noise.db"))) {
            SqliteFile.run(plugin, "CREATE TABLE t (a BLOB)");
            for (long written = 0; written < noise / 4; written += 1 << 20) {
                SqliteFile.run(plugin, "INSERT INTO t VALUES (randomblob(1048576))");
            }
        }
    }

    /// What a command of the agent came to.
    ///
    /// @param peak KiB of memory that the process took at most, as far as it was seen
    record Ended(int code, String said, long millis, long peak) {}

    Ended backup() throws IOException {
        return agent(root, "backup");
    }

    Ended restore() throws IOException {
        return agent(back, "restore");
    }

    private Ended agent(Path data, String command) throws IOException {
        List<String> line = new ArrayList<>(SmallDisk.agent(work, heap));
        line.add(command);
        if (anyData && command.equals("backup")) {
            line.add("--any-data");
        }
        Map<String, String> environment = new HashMap<>(store);
        environment.put("JELLYFIN_DATA_DIR", data.toString());
        environment.put("JELLYKEEP_APP_HEALTH_URL", "none");
        environment.put("LC_ALL", "C.UTF-8");
        long began = System.nanoTime();
        try (ChildProcess agent = ChildProcess.start(work, command, line, environment)) {
            long peak = 0;
            while (agent.alive() && System.nanoTime() - began < BOUND.toNanos()) {
                peak = Math.max(peak, peak(agent.pid()));
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            int code = agent.awaitExit(BOUND);
            return new Ended(code, agent.output(), (System.nanoTime() - began) / 1_000_000, peak);
        }
    }

    private static long peak(long process) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
            return peak.find() ? Long.parseLong(peak.group(1)) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /// What is not the same in both folders.
    List<String> differences() throws IOException {
        SortedMap<String, String> one = digests(root);
        SortedMap<String, String> other = digests(back);
        List<String> all = new ArrayList<>();
        Stream.concat(one.keySet().stream(), other.keySet().stream())
                .distinct()
                .filter(name -> !String.valueOf(one.get(name)).equals(String.valueOf(other.get(name))))
                .forEach(name -> all.add(name + ": " + one.get(name) + ", restored " + other.get(name)));
        return all;
    }

    /// Without our own folder, what is left out of archives, and what a look at a database leaves beside it.
    private static SortedMap<String, String> digests(Path folder) throws IOException {
        SortedMap<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString();
                boolean left = Stream.of(".jellykeep", "log", "cache").anyMatch(name::startsWith)
                        || Stream.of("-wal", "-shm", ".old").anyMatch(name::endsWith);
                if (!left) {
                    digests.put(name, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) ? "folder" : digest(file));
                }
            }
        }
        return digests;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = ContentDigest.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(HEADER);
            // a copy counts on in its header, which is the copy's own
            digest.update(SqliteFiles.startsWithMagic(header) ? new byte[0] : header);
            byte[] some = new byte[1 << 16];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                digest.update(some, 0, n);
            }
        }
        return Files.size(file) + " " + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), 8));
    }
}
