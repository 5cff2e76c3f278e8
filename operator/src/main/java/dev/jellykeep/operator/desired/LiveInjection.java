package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.operator.api.StorageSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a live template says of its injection, whichever policy it comes from.
///
/// @param policy NAMESPACE/NAME
/// @param lineage null where the template carries none that can be read
/// @param onEmptyDir whether the data goes with the replica; true where it isn't known
/// @param image of the sidecar, or of the init container where there is no sidecar
/// @param place where its archives go: accountUrl/container/prefix
public record LiveInjection(
        Presence presence, String policy, @Nullable LineageId lineage, boolean onEmptyDir, String image, String place) {
    /// Name of the container that saves a replica's data.
    public static final String SIDECAR = Ours.AGENT;

    /// Empty if no container of Jellykeep's is there.
    ///
    /// @param app what ARM answered to the app's GET
    public static Optional<LiveInjection> of(JsonNode app) {
        AppTree tree = new AppTree(app);
        JsonNode agent = one(tree.containers(), Ours.AGENT);
        JsonNode restore = one(tree.initContainers(), Ours.RESTORE);
        JsonNode told = agent == null ? restore : agent;
        String policy = told == null ? null : Ours.policyOf(told);
        if (told == null || policy == null) {
            return Optional.empty();
        }
        String lineage = Env.value(told, Setting.LINEAGE.env());
        return Optional.of(new LiveInjection(
                Presence.of(restore != null, agent != null),
                policy,
                lineage != null && LineageId.parse(lineage) instanceof ParsedText.Ok<LineageId>(var id) ? id : null,
                Mount.of(told).stream().allMatch(mount -> VolumeKind.isEmptyDir(tree.volume(mount.volume()))),
                told.path("image").asText(),
                place(
                        Env.value(told, Setting.ACCOUNT_URL.env()),
                        Env.value(told, Setting.CONTAINER.env()),
                        Env.value(told, Setting.PREFIX.env()))));
    }

    /// Whether its archives go where a policy looks for them.
    public boolean writesTo(StorageSpec storage) {
        return place.equals(place(storage.accountUrl(), storage.container(), storage.prefix()));
    }

    private static String place(@Nullable String account, @Nullable String container, @Nullable String prefix) {
        return Stream.of(account == null ? "" : account.toLowerCase(Locale.ROOT), container, prefix)
                .map(each -> each == null ? "" : each.replaceAll("^/+|/+$", ""))
                .collect(Collectors.joining("/"));
    }

    private static @Nullable JsonNode one(Iterable<JsonNode> containers, String name) {
        for (JsonNode container : containers) {
            if (Members.name(container).equals(name) && Ours.policyOf(container) != null) {
                return container;
            }
        }
        return null;
    }
}
