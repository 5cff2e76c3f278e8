package dev.jellykeep.sandbox.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The `--name value` pairs of a sandbox program's command line.
public final class Flags {

    private final Map<String, String> values;

    private Flags(Map<String, String> values) {
        this.values = values;
    }

    /// Reads `--name value` pairs.
    ///
    /// @throws BadFlag with one sentence, on a name that is not `known` or has no value
    public static Flags parse(List<String> arguments, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        var rest = new ArrayList<>(arguments);
        while (!rest.isEmpty()) {
            String flag = rest.removeFirst();
            if (!known.contains(flag)) {
                throw new BadFlag("Unknown flag " + flag + ": use one of "
                        + known.stream().sorted().toList() + ".");
            }
            if (rest.isEmpty()) {
                throw new BadFlag("The flag " + flag + " lacks its value: write " + flag + " VALUE.");
            }
            values.put(flag, rest.removeFirst());
        }
        return new Flags(values);
    }

    public String text(String flag, String otherwise) {
        return values.getOrDefault(flag, otherwise);
    }

    public boolean has(String flag) {
        return values.containsKey(flag);
    }

    public @Nullable Path path(String flag) {
        String value = values.get(flag);
        return value == null ? null : Path.of(value).toAbsolutePath().normalize();
    }

    public Path requiredPath(String flag) {
        Path value = path(flag);
        if (value == null) {
            throw new BadFlag("The flag " + flag + " is missing: write " + flag + " PATH.");
        }
        return value;
    }

    /// A whole number, at least `least`.
    public long number(String flag, long otherwise, long least) {
        String value = values.get(flag);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below, as for a number that is too small.
        }
        throw new BadFlag(flag + " is " + value + ": give a whole number, at least " + least + ".");
    }

    /// A bad command line; the message is one sentence for the person who typed it.
    public static final class BadFlag extends RuntimeException {
        public BadFlag(String message) {
            super(message);
        }
    }
}
