package dev.jellykeep.sandbox.replicas.container;

import dev.jellykeep.sandbox.replicas.volume.ReplicaDisk.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// All that one run of a container needs to know.
///
/// @param enter what is put before its command to run it in the replica's network
/// @param layers a folder with `upper`, `work`, `root` and `tmp`
/// @param volumes folders that the image says it writes to, whether or not something is mounted there
/// @param readable files and folders of the machine, seen at the same paths
/// @param hosts addresses by name
public record ContainerPlan(
        String name,
        List<String> enter,
        List<String> command,
        SortedMap<String, String> environment,
        int user,
        Path folder,
        Path layers,
        List<Mount> mounts,
        List<Path> volumes,
        List<Path> readable,
        String hostName,
        Map<String, String> hosts) {
    public ContainerPlan {
        for (var path : readable) {
            if (!path.isAbsolute() || path.getNameCount() == 0) {
                throw new IllegalArgumentException(
                        "A container can't be shown '" + path + "': give an absolute path below the root.");
            }
        }
    }
}
