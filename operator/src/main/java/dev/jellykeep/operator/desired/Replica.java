package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/// The size of a replica with our sidecar in it, and whether Azure has such a size.
///
/// @param jellyfin Jellyfin's container
/// @param others all other containers together
/// @param agent our sidecar
record Replica(AppName app, JsonNode jellyfin, Amount others, Amount agent) {
    static final Amount LEAST_AGENT = Amount.of("0.25", "0.5Gi");

    /// @param foreign app containers that stay, Jellyfin's among them
    static Replica of(AppName app, List<JsonNode> foreign, JsonNode jellyfin, Amount agent) {
        return new Replica(app, jellyfin, Amount.sum(foreign).minus(Amount.of(jellyfin)), agent);
    }

    Amount total() {
        return Amount.of(jellyfin).plus(others).plus(agent);
    }

    /// Init containers don't count; ours has the sidecar's size and can't exceed the total.
    void check(Hosting hosting, Findings findings) {
        List<Amount> pairs = Sizes.pairs(hosting);
        Optional<Amount> largest = Sizes.largest(hosting);
        if (pairs.isEmpty()) {
            largest.filter(size -> !total().fitsInto(size))
                    .ifPresent(size -> findings.refuse(
                            RefusalReason.RESOURCE_TOTAL,
                            "with %s for the agent the containers of %s together take %s, more than the profile's %s"
                                    .formatted(agent, app, total(), size),
                            resize(size)));
        } else if (pairs.stream().noneMatch(total()::same)) {
            findings.refuse(
                    RefusalReason.RESOURCE_TOTAL,
                    "with %s for the agent the containers of %s together take %s, and Azure has only %s, %s and so on up to %s"
                            .formatted(agent, app, total(), pairs.getFirst(), pairs.get(1), pairs.getLast()),
                    pairs.stream()
                            .map(pair -> pair.minus(total().minus(agent)))
                            .filter(LEAST_AGENT::fitsInto)
                            .findFirst()
                            .map(fitting -> "write spec.agent.resources: {cpu: \"%s\", memory: %s}"
                                    .formatted(fitting.cpuText(), fitting.memoryText()))
                            .orElseGet(() -> resize(pairs.getLast())));
        }
    }

    /// The command that makes Jellyfin's container such that the total is `size`.
    String resize(Amount size) {
        Amount rest = size.minus(others).minus(agent);
        return rest.cpu().signum() <= 0 || rest.memory() <= 0
                ? app.edit("make the other containers smaller")
                : app.az(
                        "update",
                        "--container-name %s --cpu %s --memory %s"
                                .formatted(ShellWord.of(Members.name(jellyfin)), rest.cpuText(), rest.memoryText()));
    }

    /// Bytes of ephemeral storage, by cores (Microsoft's page on storage mounts).
    long ephemeralStorage() {
        return ephemeralStorage(total().cpu());
    }

    static long ephemeralStorage(BigDecimal cpu) {
        if (cpu.compareTo(new BigDecimal("0.25")) <= 0) {
            return Amount.GI;
        }
        if (cpu.compareTo(new BigDecimal("0.5")) <= 0) {
            return 2 * Amount.GI;
        }
        return cpu.compareTo(BigDecimal.ONE) <= 0 ? 4 * Amount.GI : 8 * Amount.GI;
    }
}
