package dev.jellykeep.sandbox.containerapps.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Instant;

/// One ARM request, as it was answered.
///
/// @param number from 1, in the order of the answers
/// @param principal who called; empty where that wasn't known
/// @param bodySha256 in hex; of no bytes where there is no body
/// @param status 0 where no answer was given
public record JournalEntry(
        long number,
        Instant time,
        String method,
        String path,
        String query,
        String principal,
        String bodySha256,
        int status,
        String requestId) {

    public boolean isWrite() {
        return !method.equals("GET") && !method.equals("HEAD");
    }

    public ObjectNode json() {
        return Json.object()
                .put("number", number)
                .put("time", time.toString())
                .put("method", method)
                .put("path", path)
                .put("query", query)
                .put("principal", principal)
                .put("bodySha256", bodySha256)
                .put("status", status)
                .put("requestId", requestId);
    }
}
