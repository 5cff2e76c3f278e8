package dev.jellykeep.sandbox.local;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.containerapps.control.Control;
import dev.jellykeep.sandbox.containerapps.http.Reply;
import dev.jellykeep.sandbox.containerapps.http.Request;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.util.Locale;
import java.util.Optional;

/// What of a local Azure is steered below `/_sandbox/`, beside the emulator itself.
///
/// `GET surroundings`, `POST storage?outage=none|refused|busy|hanging`, `PUT blobs?container=NAME`,
/// `POST identity?silent=true|false`, `GET ingress?app=NAME`.
final class Steering {
    private final LocalAzure azure;

    Steering(LocalAzure azure) {
        this.azure = azure;
    }

    /// @throws IllegalArgumentException for a value that isn't known
    Optional<Reply> answer(Request request) {
        return switch (Control.what(request)) {
            case "GET surroundings" -> Optional.of(Reply.ok(azure.describe()));
            case "POST storage" -> {
                var outage = request.parameter("outage").toUpperCase(Locale.ROOT);
                azure.storage().outage(Outage.valueOf(outage));
                yield done();
            }
            case "PUT blobs" -> {
                azure.storage().create(request.parameter("container"));
                yield done();
            }
            case "POST identity" -> {
                azure.identities().silent(truth(request.parameter("silent")));
                yield done();
            }
            case "GET ingress" -> {
                var uri = azure.ingress().uri(request.parameter("app")).toString();
                yield Optional.of(Reply.ok(Json.object().put("uri", uri)));
            }
            default -> Optional.empty();
        };
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false: give one.");
        };
    }

    private static Optional<Reply> done() {
        return Optional.of(Reply.empty(204));
    }
}
