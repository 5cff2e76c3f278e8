package dev.jellykeep.operator.desired;

import java.util.regex.Pattern;

/// A text as one word of a command that people copy into a shell: what a policy's author or an app's owner wrote runs
/// nothing there.
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");

    private ShellWord() {}

    public static String of(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
