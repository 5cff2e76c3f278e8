package dev.jellykeep.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A process that left something on the machine, so that its leavings can be told from those of one that
/// still runs.
///
/// @param started ticks since the machine's start; a number that is used again belongs to another
///     process
public record Owner(long pid, long started) {
    private static final Pattern TEXT = Pattern.compile("(\\d+)\\.(\\d+)");
    private static final int START_AFTER_NAME = 19;

    /// Of one that has ended, and that nobody has asked how: it is still listed.
    private static final Set<String> ENDED = Set.of("Z", "X");

    /// This process.
    public static Owner self() {
        var pid = ProcessHandle.current().pid();
        return of(pid).orElseThrow(() -> new IllegalStateException("This process isn't listed in /proc: mount it."));
    }

    /// The one that {@link #text} tells of.
    public static Optional<Owner> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Owner(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /// Without spaces or slashes.
    public String text() {
        return pid + "." + started;
    }

    /// Whether it still runs.
    public boolean alive() {
        return of(pid).map(this::equals).orElse(false);
    }

    /// Empty if it doesn't run.
    private static Optional<Owner> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            if (ENDED.contains(afterName[0]) || hasNoMemory(pid)) {
                return Optional.empty();
            }
            return Optional.of(new Owner(pid, Long.parseLong(afterName[START_AFTER_NAME])));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// One that is ending gives its memory back, and with it its command line, before it is said to have ended; with
    /// many threads, a good while before.
    private static boolean hasNoMemory(long pid) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/cmdline")).isEmpty();
    }
}
