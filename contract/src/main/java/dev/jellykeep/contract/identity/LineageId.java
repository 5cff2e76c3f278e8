package dev.jellykeep.contract.identity;

import dev.jellykeep.contract.ParsedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/// Names the single line of history of one app's data.
public record LineageId(UUID value) {
    /// That of ARM's template function `guid`, so that a template computes the id by itself
    /// (Microsoft's page "String functions for Bicep"). Fixed for ever: another one would give every app another
    /// lineage.
    public static final UUID NAMESPACE = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /// UUID version 5 of the app's lower-cased resource id, so that operator, templates and agent agree
    /// without talking: `guid(toLower(id))` in Bicep, `uuid5(NAMESPACE, id.lower())` in Python.
    public static LineageId ofApp(AppResourceId app) {
        return new LineageId(guid(app.value()));
    }

    /// What ARM's `guid` computes of one text.
    public static UUID guid(String text) {
        MessageDigest sha1 = sha1();
        sha1.update(ByteBuffer.allocate(16)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .flip());
        ByteBuffer hash = ByteBuffer.wrap(sha1.digest(text.getBytes(StandardCharsets.UTF_8)));
        long high = (hash.getLong() & ~0xF000L) | 0x5000L;
        long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low);
    }

    /// Reads the canonical form of 36 characters, in any case.
    public static ParsedText<LineageId> parse(String text) {
        // UUID.fromString also takes "1-2-3-4-5".
        return SHAPE.matcher(text).matches()
                ? ParsedText.ok(new LineageId(UUID.fromString(text)))
                : ParsedText.bad("that isn't a UUID; write one like 09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    }

    @Override
    public String toString() {
        return value.toString();
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
