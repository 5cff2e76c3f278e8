package dev.jellykeep.sandbox.containerapps.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.List;

/// Lists, with or without pages.
final class Pages {
    private Pages() {}

    static Reply whole(List<ObjectNode> items) {
        var body = Json.object();
        body.putArray("value").addAll(items);
        return Reply.ok(body);
    }

    /// The page that a request asks for by `$skiptoken`, with the address of the next one.
    static Reply page(Request request, List<ObjectNode> items, int size) {
        var from = from(request.parameter("$skiptoken"), items.size());
        var to = Math.min(items.size(), from + size);
        var body = Json.object();
        body.putArray("value").addAll(items.subList(from, to));
        if (to < items.size()) {
            body.put(
                    "nextLink",
                    request.base() + request.path() + "?api-version=" + request.apiVersion() + "&%24skiptoken=" + to);
        }
        return Reply.ok(body);
    }

    private static int from(String token, int size) {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            return Math.clamp(Integer.parseInt(token), 0, size);
        } catch (NumberFormatException _) {
            throw ArmRefusal.of(400, "InvalidSkipToken", "The skip token '" + token + "' isn't one of ours.");
        }
    }
}
