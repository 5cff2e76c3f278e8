package dev.jellykeep.sandbox.containerapps.arm;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A path below ARM's root: `{scope}/providers/{namespace}/{type}/{name}/…`, of which the last provider counts.
///
/// Names keep the case of the request; comparisons ignore it, as ARM does.
///
/// @param scope what comes before `/providers/`, without a slash at its end
/// @param segments types and names in turn
public record ArmPath(String scope, String namespace, List<String> segments) {
    private static final String PROVIDERS = "/providers/";

    public ArmPath {
        segments = List.copyOf(segments);
    }

    /// Empty for a path without a provider, or with an empty segment.
    public static Optional<ArmPath> parse(String path) {
        var at = path.toLowerCase(Locale.ROOT).lastIndexOf(PROVIDERS);
        if (at < 0) {
            return Optional.empty();
        }
        var parts = Arrays.asList(path.substring(at + PROVIDERS.length()).split("/", -1));
        if (parts.size() < 2 || parts.stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(new ArmPath(path.substring(0, at), parts.getFirst(), parts.subList(1, parts.size())));
    }

    /// As {@link #parse}, of a resource id.
    ///
    /// @throws IllegalArgumentException if it is none
    public static ArmPath ofId(String id) {
        return parse(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + id + "' is no resource id: give /subscriptions/…/providers/NAMESPACE/TYPE/NAME."));
    }

    /// Types and actions in lower case, names as `*`: `containerapps/*/revisions`.
    public String shape() {
        var shape = new StringBuilder();
        for (var i = 0; i < segments.size(); i++) {
            shape.append(i == 0 ? "" : "/");
            shape.append(i % 2 == 1 ? "*" : segments.get(i).toLowerCase(Locale.ROOT));
        }
        return shape.toString();
    }

    public boolean isIn(String otherNamespace) {
        return namespace.equalsIgnoreCase(otherNamespace);
    }

    /// The name that many types deep, from 0.
    public String name(int depth) {
        return segments.get(2 * depth + 1);
    }

    /// The id of the resource that many types deep, in lower case, as keys are.
    public String key(int depth) {
        return key(id(depth));
    }

    /// The id of the resource that many types deep.
    public String id(int depth) {
        return scope + PROVIDERS + namespace + "/" + String.join("/", segments.subList(0, 2 * depth + 2));
    }

    /// A resource id as a key.
    public static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }

    /// A segment of the scope after another one, as in `/subscriptions/S`; empty where there is none.
    public String inScope(String after) {
        var parts = scope.split("/", -1);
        for (var i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase(after)) {
                return parts[i + 1];
            }
        }
        return "";
    }
}
