package dev.jellykeep.store;

import java.util.Map;
import java.util.regex.Pattern;

/// What every store accepts, so that a name or a metadata value that works in one works in all.
public final class BlobRules {
    private static final int LONGEST_NAME = 1024;
    private static final int MOST_METADATA = 8 * 1024;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|\\\\");
    private static final Pattern KEY = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?");

    private BlobRules() {}

    /// Checks a blob's name.
    ///
    /// @return the same name
    /// @throws StoreException INVALID
    public static String name(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            throw invalid("A blob's name has 1 to " + LONGEST_NAME + " characters, not " + name.length() + ".");
        }
        if (CONTROL.matcher(name).find()) {
            throw invalid("The blob name '" + CONTROL.matcher(name).replaceAll("?")
                    + "' has a control character or a backslash, which not every store keeps: use another name.");
        }
        for (var segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw invalid("The blob name '" + name + "' has an empty part, '.' or '..': use another name.");
            }
        }
        return name;
    }

    /// Checks metadata: identifiers in lower case, values of 1 or more printable ASCII characters without spaces at
    /// their ends, at most 8 KiB together.
    ///
    /// @return the same map
    /// @throws StoreException INVALID
    public static Map<String, String> metadata(Map<String, String> metadata) {
        var size = 0;
        for (var entry : metadata.entrySet()) {
            if (!KEY.matcher(entry.getKey()).matches()) {
                throw invalid("The metadata name '" + entry.getKey() + "' is not an identifier in lower case.");
            }
            if (!VALUE.matcher(entry.getValue()).matches()) {
                throw invalid("The metadata value of '" + entry.getKey()
                        + "' is empty, has a space at an end, or has characters other than printable ASCII.");
            }
            size += entry.getKey().length() + entry.getValue().length();
        }
        if (size > MOST_METADATA) {
            throw invalid("The metadata has " + size + " bytes; a blob carries at most " + MOST_METADATA + ".");
        }
        return metadata;
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message, null);
    }
}
