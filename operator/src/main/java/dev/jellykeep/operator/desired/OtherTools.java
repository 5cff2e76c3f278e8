package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.PolicySpec;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Containers other than Jellyfin's and ours that mount the data volume: another tool's restore or
/// backup would work against ours.
final class OtherTools {
    private OtherTools() {}

    /// Names of those that the policy lets us remove.
    static Set<String> takenOver(
            AppTree app, AppName name, PolicySpec spec, JsonNode jellyfin, String volume, Findings findings) {
        List<String> onVolume = app.allContainers()
                .filter(container ->
                        !Ours.hasOurName(container) && !Members.name(container).equals(Members.name(jellyfin)))
                .filter(container -> Mount.of(container).stream()
                        .anyMatch(mount -> mount.volume().equals(volume)))
                .map(Members::name)
                .toList();
        List<String> kept = onVolume.stream()
                .filter(each -> !spec.takeOver().contains(each))
                .toList();
        if (!kept.isEmpty()) {
            findings.refuse(
                    RefusalReason.OTHER_TOOL_ON_DATA_VOLUME,
                    "%s of %s also mount the volume %s with Jellyfin's data, and may write to it"
                            .formatted(AppName.quoted(kept), name, volume),
                    "if Jellykeep takes their place, write spec.takeOver: [%s], else unmount the volume there"
                            .formatted(onVolume.stream().distinct().collect(Collectors.joining(", "))));
        }
        app.allContainers()
                .map(Members::name)
                .filter(each -> spec.takeOver().contains(each) && !onVolume.contains(each))
                .forEach(each -> findings.warn(
                        WarningReason.NOT_TAKEN_OVER,
                        "container %s of %s is named in spec.takeOver, but stays: it doesn't mount the volume %s; remove"
                                        .formatted(each, name, volume)
                                + " one of the two by hand"));
        return onVolume.stream().filter(spec.takeOver()::contains).collect(Collectors.toUnmodifiableSet());
    }
}
