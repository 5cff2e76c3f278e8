package dev.jellykeep.store.azure;

import dev.jellykeep.store.StoreException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A storage account as a location and a credential together name it. Pure: nothing is asked of Azure.
///
/// @param url without a slash at its end
/// @param key account key in Base64, or null
/// @param sas shared access signature without `?`, or null
record Account(
        URI url,
        String name,
        @Nullable String key,
        @Nullable String sas) {
    private static final String EMULATOR = "http://127.0.0.1:10000/devstoreaccount1";
    private static final String EMULATOR_KEY =
            "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private static final Pattern IP = Pattern.compile("[0-9.]+|\\[.*]|localhost");

    @Override
    public String toString() {
        return url.toString();
    }

    static Account of(AzureLocation location, Credential credential) {
        if (credential instanceof Credential.ConnectionString(var value)) {
            var account = parse(value);
            var configured = location.accountUrl();
            if (configured != null && !configured.equals(account.url)) {
                throw invalid("The account URL is " + configured + ", but the connection string is for " + account.url
                        + ": correct one, or leave the account URL out.");
            }
            return account;
        }
        var url = location.accountUrl();
        if (url == null) {
            throw invalid("No storage account is given: set the account URL (https://ACCOUNT.blob.core.windows.net) or"
                    + " AZURE_STORAGE_CONNECTION_STRING.");
        }
        var sas = credential instanceof Credential.Sas(var token) ? checkSas(token) : null;
        return new Account(url, nameIn(url), null, sas);
    }

    static URI checkUrl(String text) {
        try {
            var url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getHost() != null
                    && (scheme.equals("https") || scheme.equals("http"))
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // Told below, without the text: a URL that doesn't parse may hold a SAS.
        }
        throw invalid("The account URL is not one: write it as https://ACCOUNT.blob.core.windows.net, without container"
                + " and without a SAS.");
    }

    private static Account parse(String text) {
        var fields = fields(text);
        if (fields.getOrDefault("usedevelopmentstorage", "").equalsIgnoreCase("true")) {
            return new Account(URI.create(EMULATOR), "devstoreaccount1", EMULATOR_KEY, null);
        }
        var key = fields.get("accountkey");
        var sas = fields.get("sharedaccesssignature");
        if (key == null && sas == null) {
            throw malformed("has neither AccountKey nor SharedAccessSignature");
        }
        var accountName = fields.get("accountname");
        var endpoint = fields.get("blobendpoint");
        if (endpoint == null && accountName == null) {
            throw malformed("has neither AccountName nor BlobEndpoint");
        }
        var url = checkUrl(
                endpoint != null
                        ? endpoint
                        : fields.getOrDefault("defaultendpointsprotocol", "https") + "://" + accountName + ".blob."
                                + fields.getOrDefault("endpointsuffix", "core.windows.net"));
        var name = accountName != null ? accountName : nameIn(url);
        if (key == null) {
            return new Account(url, name, null, checkSas(sas == null ? "" : sas));
        }
        try {
            if (Base64.getDecoder().decode(key).length > 0) {
                return new Account(url, name, key, null);
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw malformed("has an AccountKey that is not Base64, perhaps cut short");
    }

    private static Map<String, String> fields(String text) {
        var fields = new HashMap<String, String>();
        for (var part : text.strip().split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            var equals = part.indexOf('=');
            if (equals <= 0) {
                throw malformed("has a part that is not NAME=VALUE");
            }
            fields.put(
                    part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                    part.substring(equals + 1).strip());
        }
        return fields;
    }

    private static String nameIn(URI url) {
        if (IP.matcher(url.getHost()).matches()) {
            var path = url.getPath().split("/", -1);
            return path.length > 1 ? path[1] : url.getHost();
        }
        return url.getHost().split("\\.", -1)[0];
    }

    /// A SAS becomes a part of URLs, and what refuses one there would show it.
    private static String checkSas(String text) {
        var sas = text.startsWith("?") ? text.substring(1) : text;
        try {
            if (!sas.isEmpty() && new URI("?" + sas).getRawFragment() == null) {
                return sas;
            }
        } catch (URISyntaxException _) {
            // Told below, without the text.
        }
        throw invalid("The shared access signature is not one: copy it whole, as az storage container generate-sas"
                + " prints it, without quotes.");
    }

    private static StoreException malformed(String how) {
        return invalid("The connection string " + how + ": copy it whole from az storage account show-connection-string"
                + " --name ACCOUNT --output tsv.");
    }

    private static StoreException invalid(String message) {
        return new StoreException(StoreException.Kind.INVALID, message, null);
    }
}
