package dev.jellykeep.operator.scope;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.ScopeSpec;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One admin's allow-lists; DESIGN §4.2, "Tenancy".
///
/// @param name of the resource
/// @param unlimited allows everything; no resource says so
public record Scope(String name, ScopeSpec spec, boolean unlimited) {
    /// The system-assigned identity of an app.
    public static final String SYSTEM = "system";
    /// What an app secret's name is written behind.
    public static final String SECRET = "secret:";

    private static final String EVERY_NAMESPACE = "*";

    public Scope(String name, ScopeSpec spec) {
        this(name, spec, false);
    }

    /// For the command line, which knows no scopes: there the caller's own Azure rights count.
    public static Scope callersOwn() {
        return new Scope(
                "the caller's own rights", new ScopeSpec(List.of(), List.of(), List.of(), List.of(), List.of()), true);
    }

    public static Scope of(ContainerAppScope resource) {
        return new Scope(resource.getMetadata().getName(), resource.getSpec());
    }

    boolean isFor(String namespace) {
        return unlimited
                || spec.namespaces().contains(namespace)
                || spec.namespaces().contains(EVERY_NAMESPACE);
    }

    /// The line that an admin would have to add; empty if everything is allowed.
    Optional<String> missing(Wish wish) {
        if (unlimited) {
            return Optional.empty();
        }
        if (!within(lower(spec.resourceIdPrefixes()), lower(wish.app()))) {
            return Optional.of("resourceIdPrefixes: " + list(wish.app()));
        }
        if (!within(spec.storagePrefixes().stream().map(Scope::place).toList(), place(wish.storage()))) {
            return Optional.of("storagePrefixes: " + list(wish.storage()));
        }
        if (wish.identity() != null && !lower(spec.identities()).contains(lower(wish.identity()))) {
            return Optional.of("identities: " + list(wish.identity()));
        }
        return wish.image() == null || spec.imageRepositories().contains(repository(wish.image()))
                ? Optional.empty()
                : Optional.of("imageRepositories: " + list(repository(wish.image())));
    }

    /// By whole segments: `/a/b` allows `/a/b` and `/a/b/c`, not `/a/bc`.
    private static boolean within(List<String> prefixes, String path) {
        return prefixes.stream()
                .map(each -> each.replaceFirst("/+$", ""))
                .anyMatch(each -> !each.isEmpty() && (path + "/").startsWith(each + "/"));
    }

    /// A list of one in YAML, which an admin can copy: what a policy's author wrote stays one text.
    static String list(String text) {
        return "[" + TextNode.valueOf(text) + "]";
    }

    private static List<String> lower(List<String> texts) {
        return texts.stream().map(Scope::lower).toList();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    /// Scheme and host in lower case; names of blobs are compared as they are.
    private static String place(String url) {
        int host = url.indexOf("://") + "://".length();
        int path = url.indexOf('/', host);
        return path < 0 ? lower(url) : lower(url.substring(0, path)) + url.substring(path);
    }

    /// An image's name without tag and digest.
    static String repository(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int tag = name.lastIndexOf(':');
        return tag > name.lastIndexOf('/') ? name.substring(0, tag) : name;
    }
}
