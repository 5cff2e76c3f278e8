package dev.jellykeep.operator.status;

/// A condition's status.
public enum Truth {
    TRUE("True"),
    FALSE("False"),
    UNKNOWN("Unknown");

    private final String text;

    Truth(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }
}
