package dev.jellykeep.sandbox.containerapps.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Every ARM request, so that tests can count them.
public final class Journal {
    private final List<JournalEntry> entries = new ArrayList<>();
    private long numbers;

    synchronized void add(Request request, Instant time, String principal, int status, String requestId) {
        entries.add(new JournalEntry(
                ++numbers,
                time,
                request.method(),
                request.path(),
                request.rawQuery(),
                principal,
                sha256(request.body()),
                status,
                requestId));
    }

    public synchronized List<JournalEntry> entries() {
        return List.copyOf(entries);
    }

    public synchronized void clear() {
        entries.clear();
    }

    static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
