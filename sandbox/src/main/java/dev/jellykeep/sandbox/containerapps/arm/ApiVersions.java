package dev.jellykeep.sandbox.containerapps.arm;

import java.util.List;
import java.util.Locale;

/// The api-versions of a provider.
///
/// `Microsoft.App`: the stable ones of `container-apps.md` §0, and a preview that Azure's own tools still name.
public final class ApiVersions {
    private static final List<String> APP = List.of(
            "2022-03-01",
            "2022-10-01",
            "2023-05-01",
            "2024-02-02-preview",
            "2024-03-01",
            "2025-01-01",
            "2025-07-01",
            "2026-07-01");
    private static final List<String> AUTHORIZATION = List.of("2015-07-01", "2020-04-01-preview", "2022-04-01");
    private static final List<String> IDENTITY = List.of("2018-11-30", "2023-01-31", "2024-11-30");

    private ApiVersions() {}

    /// Passes a version that the provider has.
    ///
    /// @param given what the request says, empty for nothing
    /// @throws ArmRefusal otherwise
    public static String check(String namespace, String type, String given) {
        if (given.isEmpty()) {
            throw ArmRefusal.of(
                    400,
                    "MissingApiVersionParameter",
                    "The api-version query parameter (?api-version=) is required for all requests.");
        }
        var known = switch (namespace.toLowerCase(Locale.ROOT)) {
            case "microsoft.app" -> APP;
            case "microsoft.authorization" -> AUTHORIZATION;
            case "microsoft.managedidentity" -> IDENTITY;
            default ->
                throw ArmRefusal.of(
                        404, "InvalidResourceNamespace", "The resource namespace '" + namespace + "' is invalid.");
        };
        if (!known.contains(given)) {
            throw ArmRefusal.of(
                    400,
                    "NoRegisteredProviderFound",
                    "No registered resource provider found for API version '" + given + "' for type '" + type
                            + "'. The supported api-versions are '" + String.join(", ", known) + "'.");
        }
        return given;
    }
}
