package dev.jellykeep.sandbox.replicas.container;

import dev.jellykeep.sandbox.process.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The processes of one run of a container, told by a variable that each inherits from the one that started it.
///
/// @param owner the sandbox
/// @param number of the run, among the sandbox's
record Marked(Owner owner, int number) {
    private static final String NAME = "SANDBOX_CONTAINER=";
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    static Marked next() {
        return new Marked(Owner.self(), NUMBERS.getAndIncrement());
    }

    /// With its value.
    String variable() {
        return NAME + owner.text() + "/" + number;
    }

    /// Those that run now.
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> mark(process).map(variable()::equals).orElse(false))
                .toList();
    }

    /// Ends those of sandboxes that have ended without ending them, as far as this process can tell: numbers of other
    /// spaces mean nothing here. Again and again, since one may start another meanwhile.
    static void sweep() {
        for (var left = left(); !left.isEmpty(); left = left()) {
            left.forEach(ProcessHandle::destroyForcibly);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static List<ProcessHandle> left() {
        return PidNamespace.of(ProcessHandle.current()).all().stream()
                .filter(process -> mark(process)
                        .flatMap(mark ->
                                Owner.parse(mark.substring(NAME.length()).split("/", 2)[0]))
                        .filter(owner -> !owner.alive())
                        .isPresent())
                .toList();
    }

    // Empty for others' processes, which can't be read, and for those that have ended, which have no variables.
    private static Optional<String> mark(ProcessHandle process) {
        try {
            var variables =
                    Files.readString(Path.of("/proc/" + process.pid() + "/environ"), StandardCharsets.ISO_8859_1);
            return Arrays.stream(variables.split("\0", -1))
                    .filter(variable -> variable.startsWith(NAME))
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
