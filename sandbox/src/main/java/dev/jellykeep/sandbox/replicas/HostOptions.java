package dev.jellykeep.sandbox.replicas;

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
/// @param quota bytes of ephemeral storage of a replica; the service's, by the template's CPU, where
///     empty
public record HostOptions(
        Path work,
        InstantSource clock,
        Images images,
        Surroundings surroundings,
        List<Path> readable,
        OptionalLong quota) {
    public HostOptions {
        readable = List.copyOf(readable);
    }

    /// Runs what `images` say, and gives nothing else.
    public static HostOptions of(Path work, InstantSource clock, Images images) {
        return new HostOptions(work, clock, images, Surroundings.NONE, List.of(), OptionalLong.empty());
    }

    public HostOptions with(Surroundings other) {
        return new HostOptions(work, clock, images, other, readable, quota);
    }

    public HostOptions with(Images other) {
        return new HostOptions(work, clock, other, surroundings, readable, quota);
    }

    public HostOptions alsoReadable(Path path) {
        var all = new ArrayList<>(readable);
        all.add(path);
        return new HostOptions(work, clock, images, surroundings, all, quota);
    }

    public HostOptions withQuota(long bytes) {
        return new HostOptions(work, clock, images, surroundings, readable, OptionalLong.of(bytes));
    }
}
