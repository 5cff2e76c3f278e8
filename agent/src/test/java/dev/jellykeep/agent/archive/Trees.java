package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Grows folders with odd names from a seed, and describes them.
final class Trees {
    private static final String[] NAMES = {
        "plain",
        "with space",
        " leading",
        "trailing ",
        "line\nbreak",
        "tab\there",
        "-dash",
        "--help",
        "back\\slash",
        "trailing.",
        ".hidden",
        "..almost",
        "...",
        "ünïcödé",
        "日本語",
        "🎬",
        "e\u0301",
        "quote\"'",
        "*glob?[]",
        "a:b",
        "%2e%2e",
        "$HOME",
        "`id`",
        "n".repeat(255),
        "ä".repeat(127),
        "x.db-wal",
        "NUL",
        "@LongLink",
        "././@extension",
        "pax path=evil",
        "\u0001\u001f",
        "\u007f",
        "\u0085",
        "manifest.json",
        ".jellykeep-not",
        "~"
    };

    private Trees() {}

    /// @param asRoot owners may be odd too
    static void grow(Path root, long seed, boolean asRoot) throws IOException {
        Random random = new Random(seed);
        Set<Path> folders = new TreeSet<>(Set.of(root));
        int count = 3 + random.nextInt(12);
        for (int i = 0; i < count; i++) {
            Path parent = folders.stream()
                    .skip(random.nextInt(folders.size()))
                    .findFirst()
                    .orElseThrow();
            String name = NAMES[random.nextInt(NAMES.length)];
            Path child = parent.resolve(name.contains("/") ? name.replace('/', '_') : name);
            if (Files.exists(child, LinkOption.NOFOLLOW_LINKS)
                    || child.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 2500) {
                continue;
            }
            switch (random.nextInt(5)) {
                case 0, 1 -> folders.add(Files.createDirectory(child));
                case 2 ->
                    Files.createSymbolicLink(
                            child, Path.of(random.nextBoolean() ? "dangling ü" : "d/".repeat(60) + "x"));
                default -> Files.write(child, content(random));
            }
            if (!Files.isSymbolicLink(child)) {
                Files.setAttribute(child, "unix:mode", mode(random, Files.isDirectory(child)));
                Files.setLastModifiedTime(
                        child, java.nio.file.attribute.FileTime.fromMillis(random.nextLong(-1L << 40, 1L << 42)));
            }
            if (asRoot && random.nextInt(3) == 0) {
                Files.setAttribute(child, "unix:uid", random.nextInt(Integer.MAX_VALUE), LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(child, "unix:gid", 2_097_152 + random.nextInt(1000), LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private static int mode(Random random, boolean folder) {
        int mode = random.nextInt(4) == 0 ? random.nextInt(07777 + 1) : random.nextInt(0777 + 1);
        return mode | (folder ? 0700 : 0400);
    }

    private static byte[] content(Random random) {
        int[] sizes = {0, 1, 15, 16, 511, 512, 513, 1024, 4095, 20_000, 65_536};
        byte[] content = new byte[sizes[random.nextInt(sizes.length)]];
        if (random.nextBoolean()) {
            random.nextBytes(content);
        }
        return content;
    }

    /// Type and content (or target) of every entry.
    static SortedMap<String, String> content(Path root) throws IOException {
        SortedMap<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String described = Files.isSymbolicLink(file)
                        ? "-> " + Files.readSymbolicLink(file)
                        : Files.isDirectory(file) ? "folder" : dev.jellykeep.agent.snapshot.FileDigest.of(file);
                state.put(root.relativize(file).toString(), described);
            }
        }
        return state;
    }
}
