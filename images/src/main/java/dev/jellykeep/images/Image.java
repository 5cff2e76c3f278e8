package dev.jellykeep.images;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an image consists of.
///
/// @param name repository and tag, such as `ghcr.io/jellykeep/agent:0.1.0`
/// @param below the image that it is built on, as Jib names them; empty: nothing
/// @param architecture as images call it, such as `amd64`
/// @param user number of the user, and of its group, as which it runs
/// @param entryPoint program and first arguments
/// @param labels with the keys of the OCI image specification
record Image(
        String name,
        Optional<String> below,
        String architecture,
        int user,
        List<String> entryPoint,
        Map<String, String> environment,
        Map<String, String> labels,
        List<Layer> layers) {
    /// When everything in it was changed last, so that two builds of the same are the same. An AOT cache knows this of
    /// its jar.
    static final Instant MODIFIED = Instant.ofEpochSecond(1);

    Image {
        // what is below brings what else would be its layer
        layers = layers.stream().filter(each -> !each.entries().isEmpty()).toList();
        entryPoint = List.copyOf(entryPoint);
        environment = Map.copyOf(environment);
        labels = Map.copyOf(labels);
    }
}
