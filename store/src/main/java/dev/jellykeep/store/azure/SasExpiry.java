package dev.jellykeep.store.azure;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a SAS says that it ends.
final class SasExpiry {
    private SasExpiry() {}

    /// The `se` of a SAS: a day or a time, in UTC; empty where a stored access policy keeps it, or it can't be read.
    static Optional<Instant> of(@Nullable String sas) {
        if (sas == null) {
            return Optional.empty();
        }
        for (var part : sas.split("&", -1)) {
            if (part.startsWith("se=")) {
                return parse(URLDecoder.decode(part.substring(3), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
