package dev.jellykeep.scenarios.town;

import dev.jellykeep.sandbox.replicas.Mappings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// How a town is made.
///
/// @param repository with the programs that were built
/// @param folder which nobody else uses: volumes, logs, keys
/// @param container for the archives
/// @param agentVariables on top of what the template gives to agents: waits that a test can't afford in full
/// @param mappings what replicas do without
public record TownOptions(
        Path repository, Path folder, String container, Map<String, String> agentVariables, Mappings mappings) {
    public TownOptions {
        agentVariables = Map.copyOf(agentVariables);
    }

    /// The usual waits.
    public static TownOptions of(Path repository, Path folder) {
        return new TownOptions(repository, folder, "jellyfin-backups", Map.of(), Mappings.NONE);
    }

    public TownOptions withAgentVariable(String name, String value) {
        var all = new LinkedHashMap<>(agentVariables);
        all.put(name, value);
        return new TownOptions(repository, folder, container, all, mappings);
    }

    public TownOptions with(Mappings other) {
        return new TownOptions(repository, folder, container, agentVariables, other);
    }
}
