package dev.jellykeep.contract.replica;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `status/proof/last.json`: the last time that somebody restored an archive for a try, or in earnest. Its age is that
/// of
/// the blob, by the service's clock.
///
/// @param how by what it was tried
/// @param good every digest and every database was as the manifest says
/// @param detail what was checked; for a bad one what is wrong
/// @param at the clock of whoever tried it
/// @param millis how long that took
/// @param bytes uncompressed
/// @param databases that were opened and checked
/// @param users in the main database; -1: none, or not known
public record Proof(
        String archive,
        How how,
        boolean good,
        String detail,
        Instant at,
        long millis,
        long bytes,
        long databases,
        long users,
        String agent) {
    private static final int FORMAT = 1;

    /// By what an archive was tried.
    public enum How {
        /// A server's start.
        COLD_START("cold-start"),
        /// The sidecar, beside a running server.
        DRILL("drill"),
        /// `jellykeep verify`, anywhere.
        VERIFY("verify");

        private final String wireName;

        How(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        static Optional<How> ofWireName(String wireName) {
            return java.util.Arrays.stream(values())
                    .filter(each -> each.wireName.equals(wireName))
                    .findFirst();
        }
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("archive", archive)
                .put("how", how.wireName())
                .put("good", good)
                .put("detail", detail)
                .put("at", at)
                .put("millis", millis)
                .put("bytes", bytes)
                .put("databases", databases)
                .put("users", users)
                .put("agent", agent)
                .toBytes();
    }

    /// Empty if it can't be understood: then nothing is proven by it.
    public static Optional<Proof> parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, BlobLayout.PROOF);
            return json.format() > FORMAT ? Optional.empty() : Optional.of(from(json));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }

    private static Proof from(JsonObject json) {
        return new Proof(
                json.text("archive"),
                json.text("how", "cold-start, drill or verify", How::ofWireName),
                json.flag("good", false),
                json.text("detail"),
                json.instant("at"),
                json.number("millis"),
                json.number("bytes"),
                json.number("databases"),
                json.number("users"),
                json.text("agent"));
    }

    /// What is known of its failure, or null.
    public @Nullable String trouble() {
        return good ? null : detail;
    }
}
