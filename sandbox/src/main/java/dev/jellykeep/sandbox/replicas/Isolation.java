package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.process.Command;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether this machine lets replicas have mounts and networks of their own.
public final class Isolation {
    private static final List<String> ALWAYS = List.of("setpriv", "du", "env", "rm");
    private static final List<String> MOUNTS = List.of("unshare", "mount", "umount", "pivot_root");
    private static final List<String> NO_MOUNTS = List.of("setsid");
    private static final List<String> NETWORKS = List.of("unshare", "nsenter", "ip");
    private static final String WAY_OUT =
            "or do without, by the flags " + Mappings.PATHS_FLAG + " and " + Mappings.PORTS_FLAG + ".";

    private Isolation() {}

    /// What is in the way, in one sentence; empty where nothing is.
    public static Optional<String> missing() {
        return missing(Mappings.NONE);
    }

    /// What is in the way of what isn't mapped, in one sentence; empty where nothing is.
    public static Optional<String> missing(Mappings mappings) {
        var tool = tools(mappings).stream().filter(name -> !onPath(name)).findFirst();
        if (tool.isPresent()) {
            return Optional.of("Replicas need the program " + tool.get() + ", and it isn't on the PATH: install "
                    + "iproute2 and util-linux" + (mappings.equals(Mappings.ALL) ? "." : ", " + WAY_OUT));
        }
        if (mappings.equals(Mappings.ALL)) {
            return Optional.empty();
        }
        try {
            var trial = Command.run(trial(mappings));
            return trial.ok() ? Optional.empty() : Optional.of(refused(mappings, trial.output()));
        } catch (UncheckedIOException | IllegalStateException e) {
            return Optional.of(refused(mappings, String.valueOf(e.getMessage())));
        }
    }

    private static List<String> tools(Mappings mappings) {
        return Stream.of(ALWAYS, mappings.paths() ? NO_MOUNTS : MOUNTS, mappings.ports() ? List.<String>of() : NETWORKS)
                .flatMap(List::stream)
                .toList();
    }

    // Some machines allow namespaces and forbid what is done in them.
    private static List<String> trial(Mappings mappings) {
        var line = new ArrayList<>(List.of("unshare"));
        var script = new ArrayList<String>();
        if (!mappings.paths()) {
            line.addAll(List.of("--mount", "--uts", "--ipc", "--pid", "--fork", "--kill-child"));
            script.add("mount -t proc proc /proc");
        }
        if (!mappings.ports()) {
            line.add("--net");
            script.add("ip link add trial type bridge");
        }
        line.addAll(List.of("--", "sh", "-c", String.join(" && ", script)));
        return line;
    }

    private static String refused(Mappings mappings, String why) {
        var what = mappings.paths() ? "networks" : mappings.ports() ? "mounts" : "mounts and networks";
        return "Replicas can't have " + what + " of their own here (" + why + "): run this as root, " + WAY_OUT;
    }

    private static boolean onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
