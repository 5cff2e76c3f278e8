package dev.jellykeep.contract.settings;

/// A setting that can't be used as given.
///
/// @param sentence names variable and flag, the value, and what to write instead; never contains a secret
public record Problem(Setting setting, String sentence) {
    /// What was written may come back in the sentence, which is one line of a log.
    public Problem {
        sentence = sentence.replaceAll("\\p{Cntrl}", "?");
    }

    static Problem of(Setting setting, String value, String reason) {
        return new Problem(
                setting,
                "%s (%s) is %s: %s."
                        .formatted(
                                setting.env(),
                                setting.flag(),
                                setting.secret() ? "not shown" : ShownValue.quote(value),
                                reason));
    }

    static Problem missing(Setting setting, String reason) {
        return new Problem(setting, "%s (%s) is missing: %s.".formatted(setting.env(), setting.flag(), reason));
    }
}
