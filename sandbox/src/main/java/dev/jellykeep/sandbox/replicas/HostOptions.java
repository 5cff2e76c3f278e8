package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.replicas.container.Containers;
import dev.jellykeep.sandbox.replicas.image.Images;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// How replicas are run.
///
/// @param work a folder that nobody else uses; volumes, logs and root folders of containers go there
/// @param clock for the times in logs
/// @param images what runs for an image
/// @param surroundings what the platform gives to containers
/// @param readable files and folders that every container sees, read-only, at the same paths; all else
///     below `/tmp` is its own
/// @param containers how they become processes
/// @param quota bytes of ephemeral storage of a replica; the service's, by the template's CPU, where
///     empty
public record HostOptions(
        Path work,
        InstantSource clock,
        Images images,
        Surroundings surroundings,
        List<Path> readable,
        Containers containers,
        OptionalLong quota) {
    public HostOptions {
        readable = List.copyOf(readable);
    }

    /// Runs what `images` say, and gives nothing else.
    public static HostOptions of(Path work, InstantSource clock, Images images) {
        return new HostOptions(
                work, clock, images, Surroundings.NONE, List.of(), Containers.ISOLATED, OptionalLong.empty());
    }

    public HostOptions with(Surroundings other) {
        return new HostOptions(work, clock, images, other, readable, containers, quota);
    }

    public HostOptions with(Images other) {
        return new HostOptions(work, clock, other, surroundings, readable, containers, quota);
    }

    /// Does without some isolation. Whatever is given later is meant for hosts that have it.
    public HostOptions with(Mappings mappings) {
        return new HostOptions(
                work,
                clock,
                mappings.ports() ? images.outspoken() : images,
                surroundings,
                readable,
                mappings.paths() ? Containers.PLAIN : Containers.ISOLATED,
                quota);
    }

    public HostOptions alsoReadable(Path path) {
        var all = new ArrayList<>(readable);
        all.add(path);
        return new HostOptions(work, clock, images, surroundings, all, containers, quota);
    }

    public HostOptions withQuota(long bytes) {
        return new HostOptions(work, clock, images, surroundings, readable, containers, OptionalLong.of(bytes));
    }
}
