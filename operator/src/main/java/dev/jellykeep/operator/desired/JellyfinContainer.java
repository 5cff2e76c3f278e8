package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.PolicySpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The container that runs Jellyfin: the one that the policy names, else the only one that isn't ours
/// and stays.
final class JellyfinContainer {
    private JellyfinContainer() {}

    static @Nullable JsonNode find(AppTree app, AppName name, PolicySpec spec, Findings findings) {
        String wanted = spec.containerApp().container();
        Set<String> takeOver = Set.copyOf(spec.takeOver());
        List<JsonNode> candidates = app.containers().stream()
                .filter(container -> !Ours.hasOurName(container))
                .filter(container -> wanted == null
                        ? !takeOver.contains(Members.name(container))
                        : wanted.equals(Members.name(container)))
                .toList();
        if (candidates.size() > 1) {
            findings.refuse(
                    RefusalReason.AMBIGUOUS_CONTAINER,
                    "%s has several containers, and the policy doesn't say which one runs Jellyfin".formatted(name),
                    "write spec.containerApp.container as one of %s".formatted(names(candidates)));
            return null;
        }
        if (candidates.isEmpty()) {
            findings.refuse(
                    RefusalReason.NO_JELLYFIN_CONTAINER,
                    wanted == null
                            ? "%s has no container that could be Jellyfin's".formatted(name)
                            : "%s has no container %s".formatted(name, wanted),
                    "write spec.containerApp.container as one of those that there are: %s"
                            .formatted(names(app.containers())));
            return null;
        }
        if (takeOver.contains(Members.name(candidates.getFirst()))) {
            findings.refuse(
                    RefusalReason.INVALID_SPEC,
                    "spec.takeOver names %s, which spec.containerApp.container says is Jellyfin's".formatted(wanted),
                    "take it out of spec.takeOver");
        }
        return candidates.getFirst();
    }

    private static String names(List<JsonNode> containers) {
        return AppName.quoted(containers.stream().map(Members::name).toList());
    }
}
