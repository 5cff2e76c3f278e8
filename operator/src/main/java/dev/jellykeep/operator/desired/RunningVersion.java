package dev.jellykeep.operator.desired;

import dev.jellykeep.operator.api.PolicySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which version of Jellyfin a revision runs, as its image's tag names it.
public final class RunningVersion {
    private RunningVersion() {}

    /// @param images of a revision's app containers, by their names
    /// @return empty where there isn't one container that could be Jellyfin's, or its tag names no release
    public static Optional<String> of(Map<String, String> images, PolicySpec spec) {
        String named = spec.containerApp().container();
        List<String> candidates = images.entrySet().stream()
                .filter(each -> named == null
                        ? !each.getKey().startsWith("jellykeep-")
                                && !spec.takeOver().contains(each.getKey())
                        : named.equals(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return candidates.size() == 1
                ? Optional.ofNullable(ImageName.of(candidates.getFirst()).version())
                : Optional.empty();
    }
}
