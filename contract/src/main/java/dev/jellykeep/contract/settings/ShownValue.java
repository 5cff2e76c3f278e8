package dev.jellykeep.contract.settings;

import java.util.regex.Pattern;

/// A value as messages show it: on one line, not endless, and without what looks like a credential.
final class ShownValue {
    private static final Pattern CREDENTIAL = Pattern.compile(
            "sig=|AccountKey|SharedAccess|password|secret=|token=|://[^/?#]*@", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST = 120;

    private ShownValue() {}

    static String quote(String value) {
        if (CREDENTIAL.matcher(value).find()) {
            return "not shown (it looks like a credential)";
        }
        String cut = value.codePointCount(0, value.length()) > LONGEST
                ? value.substring(0, value.offsetByCodePoints(0, LONGEST)) + "…"
                : value;
        return '"' + cut.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
