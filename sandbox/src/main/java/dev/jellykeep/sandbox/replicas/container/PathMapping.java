package dev.jellykeep.sandbox.replicas.container;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which real folder a folder of a container is, where the container has no root of its own.
///
/// @param folders real ones by the container's; one that is itself stays as it is, whatever is around it
record PathMapping(Map<Path, Path> folders) {
    /// What a path in a text may begin after and end before. Anything else is part of a name, of a URL or of another
    /// path.
    private static final String BEFORE = "(?<=^|[\\s\"'`=:,;(\\[{<>|&]|file://)";

    private static final String AFTER = "(?=$|[\\s\"'`/:,;)\\]}<>|&])";

    PathMapping {
        folders = Map.copyOf(folders);
    }

    /// Where a path of the container really is.
    Path path(Path path) {
        return folders.keySet().stream()
                .filter(path::startsWith)
                .max(Comparator.comparingInt(Path::getNameCount))
                .map(folder -> folders.getOrDefault(folder, folder).resolve(folder.relativize(path)))
                .orElse(path);
    }

    /// A text with each whole path below one of the folders replaced, the innermost folder first.
    String text(String text) {
        var known = folders.keySet().stream()
                .filter(folder -> folder.getNameCount() > 0)
                .sorted(Comparator.comparingInt(Path::getNameCount).reversed())
                .map(folder -> Pattern.quote(folder.toString()))
                .collect(Collectors.joining("|"));
        return known.isEmpty()
                ? text
                : Pattern.compile(BEFORE + "(?:" + known + ")" + AFTER)
                        .matcher(text)
                        .replaceAll(found -> Matcher.quoteReplacement(
                                path(Path.of(found.group())).toString()));
    }

    /// Variables with the paths in their values replaced.
    SortedMap<String, String> environment(Map<String, String> variables) {
        var mapped = new TreeMap<String, String>();
        variables.forEach((name, value) -> mapped.put(name, text(value)));
        return mapped;
    }
}
