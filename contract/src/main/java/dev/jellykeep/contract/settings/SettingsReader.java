package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads texts one by one and collects what is wrong with them.
final class SettingsReader {
    private final Map<Setting, String> texts;
    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(Map<Setting, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// The text as given, null if it is missing or blank.
    @Nullable
    String given(Setting setting) {
        String text = texts.get(setting);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// The value of a setting that has a constant default.
    <T> T value(Setting setting, Function<String, ParsedText<T>> parser) {
        T value = optional(setting, parser);
        return value != null ? value : byDefault(setting, parser);
    }

    <T> T byDefault(Setting setting, Function<String, ParsedText<T>> parser) {
        return parser.apply(setting.defaultText().orElseThrow()).orThrow();
    }

    /// The value of a setting without a constant default; null if it isn't given or has a problem.
    <T> @Nullable T optional(Setting setting, Function<String, ParsedText<T>> parser) {
        String text = given(setting);
        return text == null ? null : read(setting, text, parser);
    }

    /// The lines that can be read, in order; each that can't is a problem of its own.
    List<String> lines(Setting setting, Function<String, ParsedText<String>> parser) {
        String text = given(setting);
        List<String> lines = new ArrayList<>();
        for (String line : text == null ? List.<String>of() : text.lines().toList()) {
            String value = line.isBlank() ? null : read(setting, line.strip(), parser);
            if (value != null) {
                lines.add(value);
            }
        }
        return lines;
    }

    void problem(Setting setting, String reason) {
        String text = given(setting);
        problems.add(Problem.of(setting, text == null ? setting.defaultText().orElse("") : text, reason));
    }

    void missing(Setting setting, String reason) {
        problems.add(Problem.missing(setting, reason));
    }

    private <T> @Nullable T read(Setting setting, String text, Function<String, ParsedText<T>> parser) {
        return switch (parser.apply(text)) {
            case ParsedText.Ok<T>(T value) -> value;
            case ParsedText.Bad<T>(String reason) -> {
                problems.add(Problem.of(setting, text, reason));
                yield null;
            }
        };
    }
}
