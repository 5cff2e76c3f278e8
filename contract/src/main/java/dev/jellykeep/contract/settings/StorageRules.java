package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.ParsedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What may name a storage account, a container, a folder in it, or a health address.
final class StorageRules {
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9](?:-?[a-z0-9])*");
    private static final Pattern CONNECTION_STRING =
            Pattern.compile("(?i)(AccountKey|AccountName|BlobEndpoint|SharedAccessSignature)=");
    private static final Pattern IP_V4 = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
    private static final String EXAMPLE = "write https://ACCOUNT.blob.core.windows.net";
    // A blob's name has at most 1024 characters; the rest is ours.
    private static final int LONGEST_PREFIX = 512;

    private StorageRules() {}

    static ParsedText<URI> accountUrl(String text) {
        if (CONNECTION_STRING.matcher(text).find()) {
            return ParsedText.bad("that is a connection string; put it into %s"
                    .formatted(EcosystemVariable.AZURE_STORAGE_CONNECTION_STRING));
        }
        return url(text, EXAMPLE).then(StorageRules::account);
    }

    static ParsedText<URI> healthUrl(String text) {
        String example = "write one like http://127.0.0.1:8096/health, or none";
        return url(text, example)
                .then(url -> isHttp(url) || isHttps(url)
                        ? ParsedText.ok(url)
                        : ParsedText.bad("that isn't an http or https address; " + example));
    }

    static ParsedText<SecretUrl> secretUrl(String text) {
        String example = "write the whole address that the service shows, like https://hc-ping.com/ID";
        return url(text, example)
                .then(url -> isHttp(url) || isHttps(url)
                        ? ParsedText.ok(new SecretUrl(url))
                        : ParsedText.bad("that isn't an http or https address; " + example));
    }

    static ParsedText<String> container(String text) {
        return text.length() >= 3
                        && text.length() <= 63
                        && CONTAINER.matcher(text).matches()
                ? ParsedText.ok(text)
                : ParsedText.bad("a container's name has 3 to 63 lower-case letters, digits and single hyphens inside;"
                        + " write one like jellyfin-backups");
    }

    static ParsedText<String> prefix(String text) {
        if (text.startsWith("/")) {
            return ParsedText.bad("a prefix begins inside the container; write it without the slash at the beginning");
        }
        String prefix = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        List<String> parts = Arrays.asList(prefix.split("/", -1));
        if (parts.contains("..") || parts.contains(".") || parts.contains("")) {
            return ParsedText.bad("a prefix is a plain path; write it without \"..\", \".\" and double slashes");
        }
        if (prefix.length() > LONGEST_PREFIX
                || prefix.contains("\\")
                || parts.stream().anyMatch(part -> part.endsWith("."))
                || prefix.codePoints().anyMatch(Character::isISOControl)) {
            return ParsedText.bad("a prefix has at most %d characters, no backslash and no part that ends with a dot;"
                            .formatted(LONGEST_PREFIX)
                    + " write one like media/jellyfin");
        }
        return ParsedText.ok(prefix);
    }

    private static ParsedText<URI> url(String text, String example) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || url.getScheme() == null) {
                return ParsedText.bad("that isn't an address with scheme and host; " + example);
            }
            return ParsedText.ok(url);
        } catch (URISyntaxException _) {
            return ParsedText.bad("that isn't an address; " + example);
        }
    }

    private static ParsedText<URI> account(URI url) {
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            return ParsedText.bad("the address carries a SAS or other credentials; %s here, and put the SAS into %s"
                    .formatted(EXAMPLE, "AZURE_STORAGE_CONNECTION_STRING as BlobEndpoint=…;SharedAccessSignature=…"));
        }
        if (isHttp(url) && !isLoopback(url)) {
            return ParsedText.bad("http would send the data in the clear; write https");
        }
        if (!isHttp(url) && !isHttps(url)) {
            return ParsedText.bad("that isn't an https address; " + EXAMPLE);
        }
        String path = url.getRawPath().replaceFirst("/+$", "");
        List<String> parts =
                path.isEmpty() ? List.of() : Arrays.asList(path.substring(1).split("/"));
        // Emulators have the account in the path: http://127.0.0.1:10000/devstoreaccount1
        int ofAccount = isLoopback(url) || isAddress(url) ? 1 : 0;
        String account = url.getScheme() + "://" + url.getRawAuthority();
        if (parts.size() > ofAccount) {
            String right = ofAccount == 0 ? account : account + "/" + parts.getFirst();
            return ParsedText.bad("the address goes on after the account; write %s here, and %s as %s"
                    .formatted(right, parts.get(ofAccount), Setting.CONTAINER.env()));
        }
        return ParsedText.ok(URI.create(account + path));
    }

    private static boolean isHttp(URI url) {
        return url.getScheme().equalsIgnoreCase("http");
    }

    private static boolean isHttps(URI url) {
        return url.getScheme().equalsIgnoreCase("https");
    }

    private static boolean isAddress(URI url) {
        return url.getHost().startsWith("[") || IP_V4.matcher(url.getHost()).matches();
    }

    private static boolean isLoopback(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("[::1]")
                || (host.startsWith("127.") && IP_V4.matcher(host).matches());
    }
}
