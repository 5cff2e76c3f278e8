package dev.jellykeep.sandbox.original;

import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the hand-written scripts left behind: Jellyfin's folders as a killed server leaves them, and the blobs of the
/// container `jellyfin-backups`. The archives are made by real `tar` of the database folder beside a running server,
/// whose committed data is in the WAL while the database file itself has one empty page.
///
/// In order of name, that is of age: {@link #GOOD}, {@link #WITHOUT_USER}, {@link #TRUNCATED}, {@link #FOLDER},
/// {@link #EMPTY}. None holds the configuration.
///
/// @param folders data and configuration of the server, killed; {@link #USERS} users, all of them in the WAL only
/// @param blobs content by blob name
public record OriginalSetUp(JellyfinFolders folders, SortedMap<String, byte[]> blobs) {

    /// Archives that hold everything, two and three users.
    public static final List<String> GOOD = List.of("backup-20251105180217.tar.gz", "backup-20251106180217.tar.gz");

    /// An archive of a server whose wizard was never completed.
    public static final String WITHOUT_USER = "backup-20251107060217.tar.gz";

    /// An archive whose end is missing.
    public static final String TRUNCATED = "backup-20251107180217.tar.gz";

    /// Prefix of a backup with one blob per file, four users.
    public static final String FOLDER = "backup-20251108030217/";

    /// The newest: archives of a folder that was still empty, little more than 100 bytes each.
    public static final List<String> EMPTY =
            List.of("backup-20251108070217.tar.gz", "backup-20251108110217.tar.gz", "backup-20251108150217.tar.gz");

    /// Users of the server as it was left.
    public static final int USERS = 4;

    /// Makes all of it below `work`.
    ///
    /// @throws IOException if files cannot be written, or there is no `tar`
    public static OriginalSetUp make(Path work) throws IOException {
        SortedMap<String, byte[]> blobs = new TreeMap<>();
        var folders = JellyfinFolders.original(work.resolve("data"), work.resolve("config/config"));
        try (RunningStandIn server = StandIn.in(folders)
                .users(2)
                .libraryMegabytes(2)
                .walAutocheckpoint(0)
                .start(work.resolve("server"))) {
            blobs.put(GOOD.getFirst(), Tar.of(folders.databaseFolder(), work));
            server.createUser("user-3");
            byte[] newer = Tar.of(folders.databaseFolder(), work);
            blobs.put(GOOD.getLast(), newer);
            blobs.put(TRUNCATED, Arrays.copyOf(newer, newer.length * 2 / 3));
            server.createUser("user-4");
            blobs.putAll(oneBlobPerFile(folders.databaseFolder()));
            server.kill();
        }
        blobs.put(WITHOUT_USER, unfinished(work));
        Path empty = Files.createDirectories(work.resolve("empty"));
        for (String name : EMPTY) {
            blobs.put(name, Tar.of(empty, work));
        }
        return new OriginalSetUp(folders, Collections.unmodifiableSortedMap(blobs));
    }

    /// The blobs whose names start with one of these.
    public SortedMap<String, byte[]> only(List<String> prefixes) {
        SortedMap<String, byte[]> some = new TreeMap<>(blobs);
        some.keySet().removeIf(name -> prefixes.stream().noneMatch(name::startsWith));
        return some;
    }

    /// Writes the blobs as files below a folder.
    public void writeTo(Path folder) throws IOException {
        for (var blob : blobs.entrySet()) {
            Path file = folder.resolve(blob.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, blob.getValue());
        }
    }

    private static byte[] unfinished(Path work) throws IOException {
        var folders = JellyfinFolders.original(work.resolve("unfinished"), work.resolve("unfinished-config"));
        try (RunningStandIn server = StandIn.in(folders).start(work.resolve("server"))) {
            byte[] archive = Tar.of(folders.databaseFolder(), work);
            server.kill();
            return archive;
        }
    }

    // As a shell glob sees the folder: hidden files are missing.
    private static SortedMap<String, byte[]> oneBlobPerFile(Path folder) throws IOException {
        SortedMap<String, byte[]> blobs = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    blobs.put(FOLDER + folder.relativize(file), Files.readAllBytes(file));
                }
            }
        }
        return blobs;
    }
}
