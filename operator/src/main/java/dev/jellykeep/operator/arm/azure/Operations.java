package dev.jellykeep.operator.arm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.arm.ArmException;
import dev.jellykeep.operator.arm.OperationHandle;
import dev.jellykeep.operator.arm.OperationState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ARM's long-running operations ("Track asynchronous Azure operations"), both ways at once:
/// `Azure-AsyncOperation` tells by `status`, `Location` by 202 and then 200 or 204. Microsoft.App names
/// result URLs in the former, so what comes back decides, not the header that led there.
final class Operations {
    /// Where ARM names no time. `az` takes 2 s; a rollout takes minutes.
    static final Duration USUAL_POLL = Duration.ofSeconds(10);

    private Operations() {}

    /// Where an accepted write is to be looked up.
    ///
    /// @return empty if no header names a place that may be asked
    static Optional<OperationHandle> handle(
            ArmEndpoint endpoint,
            Target target,
            String asyncOperation,
            String location,
            Duration retryAfter,
            Instant now) {
        var url = asyncOperation.isEmpty() ? location : asyncOperation;
        return own(endpoint, target, url)
                ? Optional.of(new OperationHandle(url, now.plus(poll(retryAfter))))
                : Optional.empty();
    }

    /// Whether a URL is this ARM's and below the app's subscription. It may have lain in a status that
    /// others can write, and is fetched with the operator's rights.
    static boolean own(ArmEndpoint endpoint, Target target, String url) {
        try {
            var uri = URI.create(url);
            var path = uri.getPath() == null ? "" : uri.getPath().toLowerCase(Locale.ROOT);
            return uri.getHost() != null
                    && endpoint.owns(uri)
                    && path.startsWith(subscriptionPath(endpoint, target))
                    && !path.contains("/..")
                    && !path.contains("/./");
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// What a successful poll says.
    static OperationState state(int status, Optional<JsonNode> body, Duration retryAfter) {
        var tree = body.orElse(null);
        var said = tree == null ? "" : Json.text(tree, "status");
        if (said.isEmpty() && tree != null) {
            said = Json.text(tree.path("properties"), "provisioningState");
            // A resource that came back is the result itself, unless it tells otherwise.
            said = said.equals("Failed") || said.equals("Canceled") ? said : "";
        }
        return switch (said.toLowerCase(Locale.ROOT)) {
            case "succeeded" -> new OperationState.Succeeded();
            case "failed" -> failed(tree, "Failed");
            case "canceled", "cancelled" -> failed(tree, "Canceled");
            case "" -> status == 202 ? new OperationState.Running(poll(retryAfter)) : new OperationState.Succeeded();
            default -> new OperationState.Running(poll(retryAfter));
        };
    }

    /// What a refused poll says about the operation; empty if it says nothing about it.
    static Optional<OperationState> state(Fault fault) {
        if (!(fault instanceof Fault.Refused refused)) {
            return Optional.empty();
        }
        return switch (refused.status()) {
            case 404, 410 -> Optional.of(new OperationState.Gone());
            case 401, 403, 407, 408, 429 -> Optional.empty();
            default -> {
                // `Location` hands on the end itself: 4xx, or whatever comes with the code of a failed rollout.
                var verdict = refused.byArm()
                        && (refused.status() / 100 == 4 || refused.code().equals("ContainerAppOperationError"));
                yield verdict
                        ? Optional.of(new OperationState.Failed(refused.code(), refused.message()))
                        : Optional.empty();
            }
        };
    }

    static ArmException foreign(Target target) {
        return new ArmException(
                ArmException.Kind.INVALID,
                "Can't look up an operation on container app " + target.id() + ": its URL is not of this ARM, or of"
                        + " another subscription; read the app itself, and see who changes the status of policies.",
                null,
                "",
                null);
    }

    private static OperationState failed(@Nullable JsonNode tree, String status) {
        var error = tree == null ? new ErrorBody("", "") : ErrorBody.of(tree);
        return new OperationState.Failed(
                error.code().isEmpty() ? status : error.code(),
                error.message().isEmpty() ? "ARM doesn't say why" : error.message());
    }

    private static String subscriptionPath(ArmEndpoint endpoint, Target target) {
        return (endpoint.url().getPath() + "/subscriptions/" + target.subscription() + "/").toLowerCase(Locale.ROOT);
    }

    private static Duration poll(Duration retryAfter) {
        return retryAfter.isZero() ? USUAL_POLL : retryAfter;
    }
}
