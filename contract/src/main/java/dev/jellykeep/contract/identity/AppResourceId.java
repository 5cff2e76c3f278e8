package dev.jellykeep.contract.identity;

import dev.jellykeep.contract.ParsedText;
import java.util.Locale;
import java.util.regex.Pattern;

/// The ARM resource id of a Container App, lower-cased: ARM ignores case, and ids are compared and hashed here.
public record AppResourceId(String value) {
    /// With the characters that Azure gives names: others have a meaning in URLs, shells or YAML, and would lead
    /// elsewhere.
    private static final Pattern SHAPE =
            Pattern.compile("/subscriptions/[a-z0-9-]+/resourcegroups/[\\p{L}\\p{N}_().-]*[\\p{L}\\p{N}_()-]"
                    + "/providers/microsoft\\.app/containerapps/[a-z0-9-]+");

    /// Takes what {@link #parse} has lower-cased.
    ///
    /// @throws IllegalArgumentException unless `value` is a lower-cased id of a Container App
    public AppResourceId {
        if (!SHAPE.matcher(value).matches() || !value.equals(value.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("not a lower-cased Container App id: " + value);
        }
    }

    /// Reads an id in any case.
    public static ParsedText<AppResourceId> parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return SHAPE.matcher(lower).matches()
                ? ParsedText.ok(new AppResourceId(lower))
                : ParsedText.bad("that isn't the resource id of a Container App; write"
                        + " /subscriptions/…/resourceGroups/…/providers/Microsoft.App/containerApps/NAME");
    }

    @Override
    public String toString() {
        return value;
    }
}
