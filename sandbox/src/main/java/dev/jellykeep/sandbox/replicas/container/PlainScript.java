package dev.jellykeep.sandbox.replicas.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The script that a container without a root of its own begins with: it makes the folders that are its own, and
/// becomes its program, with the container's paths replaced by real ones.
///
/// Neither users nor names of hosts are what the container would have: everything belongs to the calling user.
final class PlainScript {
    private static final Path ROOT = Path.of("/");
    private static final List<Path> ALWAYS = List.of(Path.of("/root"), Path.of("/tmp"));

    private PlainScript() {}

    /// A script for `/bin/sh`.
    static String of(ContainerPlan plan, Marked marked) {
        var mapping = mapping(plan);
        var lines = new ArrayList<String>();
        lines.add("set -eu");
        lines.add("exec </dev/null 2>&1");
        lines.add("umask 022");
        mapping.folders().values().stream()
                .filter(folder -> folder.startsWith(plan.layers()))
                .forEach(folder -> lines.add("mkdir -p " + RootScript.quoted(folder)));
        // The root is nobody's here, so a container that would start there starts in an empty folder.
        var folder = plan.folder().equals(ROOT) ? plan.layers().resolve("root") : mapping.path(plan.folder());
        lines.add("mkdir -p " + RootScript.quoted(folder));
        lines.add("cd " + RootScript.quoted(folder));
        var line = new ArrayList<>(List.of("exec", "env", "-i", RootScript.quoted(marked.variable())));
        mapping.environment(plan.environment())
                .forEach((name, value) -> line.add(RootScript.quoted(name + "=" + value)));
        plan.command().forEach(word -> line.add(RootScript.quoted(mapping.text(word))));
        lines.add(String.join(" ", line));
        return String.join("\n", lines) + "\n";
    }

    /// Mounts win over what else the container writes to; what it may read keeps its place.
    ///
    /// @throws IllegalArgumentException for a mount within another folder: a program that knows the outer one alone
    ///     would write beside it
    private static PathMapping mapping(ContainerPlan plan) {
        Map<Path, Path> folders = new LinkedHashMap<>();
        ALWAYS.forEach(path -> folders.put(path, layer(plan, path)));
        plan.volumes().forEach(path -> folders.put(path, layer(plan, path)));
        plan.mounts().forEach(mount -> folders.put(mount.at(), mount.source()));
        for (var mount : plan.mounts()) {
            var outer = folders.keySet().stream()
                    .filter(folder ->
                            mount.at().startsWith(folder) && !mount.at().equals(folder))
                    .findFirst();
            if (outer.isPresent()) {
                throw new IllegalArgumentException("The container " + plan.name() + " has a volume at " + mount.at()
                        + ", within " + outer.get() + ", which --path-mapping can't show: mount it elsewhere, or do"
                        + " without the flag.");
            }
        }
        plan.readable().forEach(path -> folders.put(path, path));
        return new PathMapping(folders);
    }

    private static Path layer(ContainerPlan plan, Path path) {
        return plan.layers().resolve("upper").resolve(ROOT.relativize(path));
    }
}
