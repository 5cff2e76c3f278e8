package dev.jellykeep.contract.settings;

/// How log lines look.
public enum LogFormat implements Choice {
    /// Readable text; JSON only on request.
    AUTO("auto"),
    HUMAN("human"),
    JSON("json");

    private final String text;

    LogFormat(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
