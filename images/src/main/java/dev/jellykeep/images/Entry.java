package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// One file or folder of an image.
///
/// @param at its absolute path there
/// @param from what it is a copy of: a file or, of which only the name counts, a folder
/// @param mode its permissions, such as `0644`
record Entry(String at, Path from, int mode) {
    private static final int FOLDER = 0755;
    private static final int PROGRAM = 0755;
    private static final int FILE = 0644;

    static Entry file(String at, Path from) {
        return new Entry(at, from, FILE);
    }

    static Entry program(String at, Path from) {
        return new Entry(at, from, PROGRAM);
    }

    /// @param like any folder
    static Entry folder(String at, Path like, int mode) {
        return new Entry(at, like, mode);
    }

    boolean isFolder() {
        return Files.isDirectory(from);
    }

    /// A folder with all that is in it, in the order of its names; links as what they point to. What its owner may run,
    /// everybody may run.
    static List<Entry> tree(String at, Path from) throws IOException {
        List<Entry> entries = new ArrayList<>();
        entries.add(folder(at, from, FOLDER));
        List<Path> all;
        try (Stream<Path> children = Files.list(from)) {
            all = children.sorted().toList();
        }
        for (Path child : all) {
            String there = at + "/" + child.getFileName();
            if (Files.isDirectory(child)) {
                entries.addAll(tree(there, child));
            } else {
                entries.add(Files.isExecutable(child) ? program(there, child) : file(there, child));
            }
        }
        return entries;
    }
}
