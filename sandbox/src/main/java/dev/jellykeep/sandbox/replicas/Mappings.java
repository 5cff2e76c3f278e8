package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.replicas.container.Containers;
import dev.jellykeep.sandbox.replicas.network.BridgedNetwork;
import dev.jellykeep.sandbox.replicas.network.LoopbackNetwork;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork;
import dev.jellykeep.sandbox.replicas.volume.WorkFolder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of a replica's isolation somebody does without, on a machine that forbids it. Never chosen unasked.
///
/// @param paths containers are plain processes of the calling user, with real folders in place of their mounts
/// @param ports replicas have free ports of the loopback interface in place of networks
public record Mappings(boolean paths, boolean ports) {
    /// All isolation.
    public static final Mappings NONE = new Mappings(false, false);

    /// No isolation, and no rights needed.
    public static final Mappings ALL = new Mappings(true, true);

    public static final String PATHS_FLAG = "--path-mapping";
    public static final String PORTS_FLAG = "--port-mapping";

    /// Takes the two flags out of a command line.
    ///
    /// @param arguments loses them
    public static Mappings take(List<String> arguments) {
        return new Mappings(arguments.removeIf(PATHS_FLAG::equals), arguments.removeIf(PORTS_FLAG::equals));
    }

    /// What is done without, in one sentence; empty where nothing is.
    public Optional<String> sentence() {
        var without = Stream.of(
                        paths ? "mounts (" + PATHS_FLAG + ")" : "", ports ? "networks (" + PORTS_FLAG + ")" : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" and no "));
        return without.isEmpty()
                ? Optional.empty()
                : Optional.of("As asked, replicas have no " + without + " of their own.");
    }

    public ReplicaNetwork openNetwork() {
        return ports ? new LoopbackNetwork() : BridgedNetwork.open();
    }

    /// Ends what killed sandboxes left running first, since it might still write into their folders, which go too.
    public WorkFolder createFolder() {
        Containers.sweep();
        return paths ? WorkFolder.createAnywhere() : WorkFolder.create();
    }
}
