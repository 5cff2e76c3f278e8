package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What lies in a folder, as text that two moments can be compared by.
final class TreeState {
    private TreeState() {}

    /// Every file below `root` but what is below `without`: type, mode, time and content.
    static SortedMap<String, String> of(Path root, Path without) throws IOException {
        SortedMap<String, String> state = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.startsWith(without)) {
                    state.put(root.relativize(file).toString(), describe(file));
                }
            }
        }
        return state;
    }

    private static String describe(Path file) throws IOException {
        var attributes = Files.readAttributes(file, "unix:mode,lastModifiedTime,ino", LinkOption.NOFOLLOW_LINKS);
        String content = Files.isSymbolicLink(file)
                ? Files.readSymbolicLink(file).toString()
                : Files.isRegularFile(file) ? Files.readString(file) : "";
        return attributes + content;
    }

    /// Names in a folder that many share, to see that none was added.
    static SortedMap<String, String> names(Path folder, String word) throws IOException {
        SortedMap<String, String> names = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.contains(word))
                    .forEach(name -> names.put(name, ""));
        }
        return names;
    }
}
