package dev.jellykeep.operator.scope;

import java.util.List;
import java.util.Optional;

/// Whether a policy may have what it wants.
public sealed interface ScopeVerdict {
    record Allowed() implements ScopeVerdict {}

    /// @param sentence what is missing, and the YAML that an admin would add
    record Denied(String sentence) implements ScopeVerdict {}

    /// One scope has to allow everything that the policy wants: two that allow half each don't.
    static ScopeVerdict judge(Wish wish, List<Scope> scopes) {
        List<Scope> here =
                scopes.stream().filter(each -> each.isFor(wish.namespace())).toList();
        Optional<String> unclear = wish.unclear();
        if (unclear.isPresent() && here.stream().noneMatch(Scope::unlimited)) {
            return new Denied(
                    "spec." + unclear.get() + " is written so that no scope can say what it names: write it as"
                            + " docs/reference/policy.md shows");
        }
        if (here.isEmpty()) {
            return new Denied("no ContainerAppScope is for namespace " + wish.namespace()
                    + ": ask an admin to apply one: " + example(wish));
        }
        if (here.stream().anyMatch(each -> each.missing(wish).isEmpty())) {
            return new Allowed();
        }
        Scope nearest = here.getFirst();
        Optional<String> line = nearest.missing(wish);
        return new Denied("no ContainerAppScope for namespace " + wish.namespace()
                + " allows all that this policy wants; in the spec of \"" + nearest.name() + "\" an admin would add "
                + line.orElse("nothing"));
    }

    /// Where nobody has made a scope yet: before any policy asks.
    static String noneYet() {
        return "there is no ContainerAppScope, so no policy may touch anything: an admin would install the chart with"
                + " scope.create=true, or apply one such as "
                + example(new Wish(
                        "NAMESPACE",
                        "/subscriptions/SUBSCRIPTION/resourceGroups/GROUP",
                        "https://ACCOUNT.blob.core.windows.net/CONTAINER",
                        null,
                        null));
    }

    /// A scope that allows no more than this, in YAML.
    static String example(Wish wish) {
        return "{apiVersion: jellykeep.dev/v1alpha1, kind: ContainerAppScope, metadata: {name: " + wish.namespace()
                + "}, spec: {namespaces: [" + wish.namespace() + "], resourceIdPrefixes: " + Scope.list(wish.app())
                + ", storagePrefixes: " + Scope.list(wish.storage()) + ", identities: "
                + Scope.list(wish.identity() == null ? Scope.SYSTEM : wish.identity())
                + (wish.image() == null ? "" : ", imageRepositories: " + Scope.list(Scope.repository(wish.image())))
                + "}}";
    }
}
