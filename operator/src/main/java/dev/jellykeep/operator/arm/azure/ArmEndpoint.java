package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.operator.arm.ArmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/// Which ARM, and who gives out tokens for it.
///
/// @param url without a slash at its end
/// @param audience whom tokens are for: the resource of their scope
/// @param authority Entra's address
public record ArmEndpoint(URI url, String audience, URI authority) {
    private static final String ENDPOINT = "AZURE_RESOURCE_MANAGER_ENDPOINT";
    private static final String AUDIENCE = "AZURE_RESOURCE_MANAGER_AUDIENCE";
    private static final String AUTHORITY = "AZURE_AUTHORITY_HOST";

    /// From `AZURE_AUTHORITY_HOST`, `AZURE_RESOURCE_MANAGER_ENDPOINT` and
    /// `AZURE_RESOURCE_MANAGER_AUDIENCE`, the names that Azure Service Operator uses too. The first
    /// alone, which workload identity sets by itself, is enough in Azure's own clouds; without any it is
    /// the public one.
    ///
    /// @throws ArmException INVALID if they can't be right, or contradict each other
    public static ArmEndpoint fromEnvironment(Map<String, String> environment) {
        var endpoint = value(environment, ENDPOINT);
        var authority = value(environment, AUTHORITY);
        var audience = value(environment, AUDIENCE);
        var authorityUrl = authority.isEmpty() ? null : url(AUTHORITY, authority);
        var endpointUrl = endpoint.isEmpty() ? null : url(ENDPOINT, endpoint);
        var byAuthority =
                authorityUrl == null ? null : Cloud.byAuthority(authorityUrl).orElse(null);
        var byEndpoint =
                endpointUrl == null ? null : Cloud.byEndpoint(endpointUrl).orElse(null);
        if (byAuthority != null && byEndpoint != null && byAuthority != byEndpoint) {
            throw invalid(AUTHORITY + " is of " + byAuthority.title() + ", but " + ENDPOINT + " of "
                    + byEndpoint.title() + ": correct one, or unset " + ENDPOINT);
        }
        if (authorityUrl != null && byAuthority == null && endpointUrl == null) {
            throw invalid(
                    AUTHORITY + " is of no cloud known here: set " + ENDPOINT + " too, to the address of its ARM");
        }
        var cloud = byEndpoint != null ? byEndpoint : byAuthority != null ? byAuthority : Cloud.PUBLIC;
        var url = endpointUrl == null ? cloud.endpoint() : endpointUrl;
        return new ArmEndpoint(
                url,
                audience.isEmpty() ? url.toString() : audience,
                authorityUrl == null ? cloud.authority() : authorityUrl);
    }

    /// Whether a URL is this ARM's, so that a token may go there.
    boolean owns(URI other) {
        return url.getScheme().equalsIgnoreCase(other.getScheme())
                && url.getHost().equalsIgnoreCase(other.getHost())
                && port(url) == port(other)
                && other.getRawUserInfo() == null;
    }

    boolean plain() {
        return url.getScheme().equalsIgnoreCase("http");
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    private static URI url(String variable, String text) {
        try {
            var url = new URI(text.replaceAll("/+$", ""));
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() != null
                    && (scheme.equals("https") || scheme.equals("http"))
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below.
        }
        throw invalid(variable + " is no address: write it as https://HOST");
    }

    private static String value(Map<String, String> environment, String name) {
        return environment.getOrDefault(name, "").strip();
    }

    private static ArmException invalid(String sentence) {
        return new ArmException(ArmException.Kind.INVALID, sentence + ".", null, "", null);
    }
}
