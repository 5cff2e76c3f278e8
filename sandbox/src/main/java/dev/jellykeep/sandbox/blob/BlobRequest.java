package dev.jellykeep.sandbox.blob;

import java.util.Locale;

/// What a request wants, as far as rights go.
///
/// @param container empty for the account itself
/// @param writes whether it changes anything
/// @param bearer the token; empty for none
/// @param keyed signed with the account's key, be it by header or by a shared access signature
/// @param version as asked for; the oldest that knows tokens where it wasn't
record BlobRequest(String container, boolean writes, String bearer, boolean keyed, String version) {
    private static final String BEARER = "bearer ";

    /// @param target `/ACCOUNT/CONTAINER/BLOB?…`
    static BlobRequest of(String method, String target, String authorization, String version) {
        var at = target.indexOf('?');
        var path = (at < 0 ? target : target.substring(0, at)).split("/", 4);
        var query = at < 0 ? "" : "&" + target.substring(at + 1);
        var lower = authorization.toLowerCase(Locale.ROOT);
        return new BlobRequest(
                path.length > 2 ? path[2] : "",
                !method.equals("GET") && !method.equals("HEAD"),
                lower.startsWith(BEARER)
                        ? authorization.substring(BEARER.length()).strip()
                        : "",
                lower.startsWith("sharedkey") || query.contains("&sig="),
                version.isEmpty() ? "2017-11-09" : version);
    }
}
