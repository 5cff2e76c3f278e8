package dev.jellykeep.operator.cli;

/// One line of `doctor`.
///
/// @param what was looked at: one stable word, or the reason of a refusal
/// @param sentence how it was found, with the command that mends it where it has to be mended
record Check(Level level, String what, String sentence) {
    enum Level {
        OK("ok"),
        WARN("warn"),
        FAIL("fail");

        private final String text;

        Level(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static Check ok(String what, String sentence) {
        return new Check(Level.OK, what, sentence);
    }

    static Check warn(String what, String sentence) {
        return new Check(Level.WARN, what, sentence);
    }

    static Check fail(String what, String sentence) {
        return new Check(Level.FAIL, what, sentence);
    }

    String line() {
        return "%-4s %s: %s".formatted(level.text(), what, sentence);
    }
}
