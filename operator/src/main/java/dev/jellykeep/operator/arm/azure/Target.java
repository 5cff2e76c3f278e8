package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.operator.arm.ArmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// A resource in parts, each fit for a URL.
///
/// @param subscription lower-cased
/// @param id as it was given
record Target(String subscription, String resourceGroup, String name, String id) {
    private static final Pattern ENVIRONMENT = Pattern.compile(
            "/subscriptions/[^/]+/resourcegroups/[^/]+/providers/microsoft\\.app/managedenvironments/[^/]+",
            Pattern.CASE_INSENSITIVE);
    /// What could lead a URL elsewhere.
    private static final Pattern UNFIT = Pattern.compile("\\.{1,2}|.*[%?#\\\\;\\p{Cntrl}].*");

    static Target of(AppResourceId app) {
        return parse(app.value(), "container app");
    }

    /// From an environment's id, in any case.
    ///
    /// @throws ArmException INVALID if it is none
    static Target environment(String id) {
        if (!ENVIRONMENT.matcher(id).matches()) {
            throw invalid("Can't read environment " + id + ": that is no managed environment's id;"
                    + " apps in connected environments (Azure Arc) aren't supported.");
        }
        return parse(id, "environment");
    }

    /// A revision's or replica's name.
    ///
    /// @throws ArmException INVALID if no such thing can be called so
    static String checked(String name) {
        if (name.isEmpty() || name.indexOf('/') >= 0 || UNFIT.matcher(name).matches()) {
            throw invalid("Can't use the name \"" + name + "\" in a request to ARM: nothing there is called so.");
        }
        return name;
    }

    /// Percent-encoded.
    String path() {
        try {
            return new URI(null, null, id, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("every path can be encoded", e);
        }
    }

    private static Target parse(String id, String what) {
        var parts = id.split("/", -1);
        for (var part : parts) {
            if (UNFIT.matcher(part).matches()) {
                throw invalid("Can't use the " + what + " id " + id + ": \"" + part + "\" is no name that ARM gives;"
                        + " copy it from az containerapp show --query id.");
            }
        }
        return new Target(parts[2].toLowerCase(Locale.ROOT), parts[4], parts[parts.length - 1], id);
    }

    private static ArmException invalid(String sentence) {
        return new ArmException(ArmException.Kind.INVALID, sentence, null, "", null);
    }
}
