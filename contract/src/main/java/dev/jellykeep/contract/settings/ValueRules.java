package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Readers of single values, with their ranges.
final class ValueRules {
    private static final Pattern MIGRATION = Pattern.compile("[0-9]{14}_\\S+");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?[0-9]{1,18}");
    private static final Pattern POLICY = Pattern.compile("[a-z0-9.-]+/[a-z0-9.-]+");
    private static final int LONGEST_TEXT = 256;

    private ValueRules() {}

    static Function<String, ParsedText<Duration>> duration(Duration least) {
        return text -> DurationText.parse(text)
                .then(value -> value.compareTo(least) < 0
                        ? ParsedText.bad("it is too short; write at least " + DurationText.format(least))
                        : ParsedText.ok(value));
    }

    static Function<String, ParsedText<Integer>> wholeNumber(int least, int most) {
        return text -> {
            if (!WHOLE_NUMBER.matcher(text).matches()) {
                return ParsedText.bad("that isn't a whole number; " + range(least, most));
            }
            long value = Long.parseLong(text);
            return value < least || value > most
                    ? ParsedText.bad("it is out of range; " + range(least, most))
                    : ParsedText.ok((int) value);
        };
    }

    private static String range(int least, int most) {
        return "write a whole number from %d to %d".formatted(least, most);
    }

    static <E extends Enum<E> & Choice> Function<String, ParsedText<E>> choice(Class<E> type) {
        return text -> Arrays.stream(type.getEnumConstants())
                .filter(choice -> choice.text().equals(text))
                .findFirst()
                .map(ParsedText::ok)
                .orElseGet(() -> ParsedText.bad("that isn't one of its words; write "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Choice::text)
                                .collect(Collectors.joining(" or "))));
    }

    static ParsedText<Boolean> flag(String text) {
        return switch (text) {
            case "true" -> ParsedText.ok(true);
            case "false" -> ParsedText.ok(false);
            default -> ParsedText.bad("that is neither yes nor no; write true or false");
        };
    }

    static ParsedText<String> text(String text) {
        return text.length() > LONGEST_TEXT || text.codePoints().anyMatch(Character::isISOControl)
                ? ParsedText.bad("that isn't one line of at most %d characters; write one".formatted(LONGEST_TEXT))
                : ParsedText.ok(text);
    }

    static ParsedText<Path> path(String text) {
        try {
            return ParsedText.ok(Path.of(text).normalize());
        } catch (InvalidPathException _) {
            return ParsedText.bad("that can't be a path; write one like /config");
        }
    }

    static ParsedText<Path> absolutePath(String text) {
        return path(text)
                .then(path -> path.isAbsolute()
                        ? ParsedText.ok(path)
                        : ParsedText.bad("a relative path means another folder elsewhere; write it from the root on,"
                                + " as in /config"));
    }

    static ParsedText<String> migration(String text) {
        return MIGRATION.matcher(text).matches()
                ? ParsedText.ok(text)
                : ParsedText.bad("that isn't a migration's id; write one like 20250101000000_Name");
    }

    static ParsedText<String> policy(String text) {
        return POLICY.matcher(text).matches()
                ? ParsedText.ok(text)
                : ParsedText.bad("that doesn't name a policy; write NAMESPACE/NAME");
    }

    static ParsedText<String> formerGrace(String text) {
        return text.equals(SettingsAssembly.NONE)
                ? ParsedText.ok(text)
                : DurationText.parse(text).then(_ -> ParsedText.ok(text));
    }

    static ParsedText<String> formerMaxReplicas(String text) {
        return text.equals(SettingsAssembly.NONE)
                ? ParsedText.ok(text)
                : wholeNumber(0, Integer.MAX_VALUE).apply(text).then(_ -> ParsedText.ok(text));
    }

    static ParsedText<Integer> contract(String text) {
        return wholeNumber(1, Integer.MAX_VALUE)
                .apply(text)
                .then(version -> version > Settings.CONTRACT_VERSION
                        ? ParsedText.bad("it is too new for this agent, which knows contract versions up to %d; use the"
                                        .formatted(Settings.CONTRACT_VERSION)
                                + " agent image that the operator's release names")
                        : ParsedText.ok(version));
    }
}
