package dev.jellykeep.store.azure;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/// Turns each answer that is not a success into an exception, before anybody tries to understand its body: what a
/// proxy or gateway says between us and Azure is neither XML nor JSON.
final class Refusals {
    /// Not a code of Azure's: what no Blob service sent.
    static final String NOT_A_BLOB_SERVICE = "NotABlobService";

    private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
    private static final String UNAUTHENTICATED = "failed to authenticate";

    private Refusals() {}

    /// Whether a Blob service says that it did as it was asked.
    static boolean accepted(int status, HttpHeaders headers) {
        return status / 100 == 2 && !value(headers, "x-ms-request-id").isEmpty();
    }

    /// What to throw for an answer that isn't {@link #accepted}.
    ///
    /// @param body as much of it as matters
    static RefusedException of(int status, HttpHeaders headers, byte[] body, InstantSource clock) {
        var said = code(headers, new String(body, StandardCharsets.UTF_8));
        var code = status / 100 == 2 || (believed(status) && isNobodys(headers, said)) ? NOT_A_BLOB_SERVICE : said;
        return new RefusedException(
                new Fault.Refused(status, code, retryAfter(headers), value(headers, "x-ms-request-id")),
                date(headers, clock));
    }

    /// Whether a refusal with this status would be taken for news of a blob: that it isn't there, hasn't changed, or
    /// has.
    private static boolean believed(int status) {
        return status == 304 || status == 404 || status == 412;
    }

    private static boolean isNobodys(HttpHeaders headers, String code) {
        return code.isEmpty() && value(headers, "x-ms-request-id").isEmpty();
    }

    /// The service's clock; ours where it doesn't say.
    static Instant date(HttpHeaders headers, InstantSource clock) {
        try {
            return headers.firstValue("Date").map(HttpDate::parse).orElseGet(clock::instant);
        } catch (DateTimeParseException _) {
            return clock.instant();
        }
    }

    private static String code(HttpHeaders headers, String body) {
        var named = value(headers, "x-ms-error-code");
        // Emulators name a wrong signature like a firewall's refusal, and only the words differ.
        if (named.equals("AuthorizationFailure") && body.contains(UNAUTHENTICATED)) {
            return "AuthenticationFailed";
        }
        var inBody = CODE.matcher(body);
        return named.isEmpty() && inBody.find() ? inBody.group(1) : named;
    }

    private static Duration retryAfter(HttpHeaders headers) {
        var text = value(headers, "Retry-After").strip();
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        try {
            if (Character.isDigit(text.charAt(0))) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            var until = HttpDate.parse(text);
            return headers.firstValue("Date")
                    .map(date -> Duration.between(HttpDate.parse(date), until))
                    .orElse(Duration.ZERO);
        } catch (NumberFormatException | DateTimeParseException _) {
            return Duration.ZERO;
        }
    }

    private static String value(HttpHeaders headers, String name) {
        return headers.firstValue(name).orElse("");
    }
}
