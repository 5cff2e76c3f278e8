package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A disk of a few megabytes at the place of a folder, on which one command of the agent runs as a process. It is a
/// tmpfs
/// in a mount namespace of its own, so that nothing of it stays whatever happens; what is on it in the end is copied
/// out.
///
/// @param options of the mount, as `size=8m`
/// @param at the folder
/// @param neighbour a shell command that runs meanwhile; empty: none
record SmallDisk(String options, Path at, String neighbour) {
    private static final Duration BOUND = Duration.ofMinutes(10);

    /// What a command came to.
    ///
    /// @param after copy of the disk after it
    record Ended(int code, String said, Path after) {}

    /// Why there can be none here, in one sentence.
    static Optional<String> missing(Path work) {
        try (ChildProcess trial = ChildProcess.start(
                work,
                "trial",
                List.of("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", work.toString()),
                Map.of())) {
            return trial.awaitExit(BOUND) == 0
                    ? Optional.empty()
                    : Optional.of("A small disk needs a mount namespace, and there is none here: run as root. "
                            + trial.tail(1));
        }
    }

    /// Puts what is in `content` on the disk and runs the agent.
    ///
    /// @param heap of the agent, as `64m`
    Ended run(Path work, Path content, String heap, Map<String, String> environment, String... arguments)
            throws IOException {
        Path after = Files.createTempDirectory(work, "after");
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                """
                mount -t tmpfs -o "$1" tmpfs "$2" && cp -a "$3/." "$2" || exit 99
                at=$2; after=$4; shift 4
                { %s
                } & neighbour=$!
                "$@"; code=$?
                kill $neighbour 2>/dev/null
                cp -a "$at/." "$after" || exit 98
                exit $code
                """.formatted(neighbour.isEmpty() ? ":" : neighbour),
                "sh",
                options,
                at.toString(),
                content.toString(),
                after.toString()));
        command.addAll(agent(work, heap));
        command.addAll(List.of(arguments));
        try (ChildProcess child = ChildProcess.start(work, "agent", command, environment)) {
            return new Ended(child.awaitExit(BOUND), child.output(), after);
        }
    }

    /// The agent as it is started in a container, with its classes as they are here. There, what it does at the lowest
    /// priority gives way to the container's own processes; here it would to all tests.
    static List<String> agent(Path work, String heap) throws IOException {
        Path options = Path.of("jvm.options").toAbsolutePath();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + options,
                "-XX:ThreadPriorityPolicy=0",
                "-Xmx" + heap,
                "-Djava.io.tmpdir=" + Files.createDirectories(work.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName());
    }
}
