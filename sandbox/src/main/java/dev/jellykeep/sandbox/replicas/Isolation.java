package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.process.Command;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether this machine lets replicas have mounts and networks of their own.
public final class Isolation {
    private static final List<String> TOOLS =
            List.of("ip", "unshare", "nsenter", "setpriv", "mount", "umount", "pivot_root", "du", "env");
    private static final List<String> TRIAL = List.of(
            "unshare", "--mount", "--net", "--uts", "--ipc", "--pid", "--fork", "--kill-child", "--", "ip", "link");

    private Isolation() {}

    /// What is in the way, in one sentence; empty where nothing is.
    public static Optional<String> missing() {
        var tool = TOOLS.stream().filter(name -> !onPath(name)).findFirst();
        if (tool.isPresent()) {
            return Optional.of("Replicas need the program " + tool.get() + ", and it isn't on the PATH: install "
                    + "iproute2 and util-linux.");
        }
        try {
            var trial = Command.run(TRIAL);
            return trial.ok() ? Optional.empty() : Optional.of(refused(trial.output()));
        } catch (UncheckedIOException | IllegalStateException e) {
            return Optional.of(refused(String.valueOf(e.getMessage())));
        }
    }

    private static String refused(String why) {
        return "Replicas can't have mounts and networks of their own here (" + why + "): run this as root.";
    }

    private static boolean onPath(String name) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
}
