package dev.jellykeep.sandbox.replicas.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.process.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A replica's volumes and the writable layers of its containers. Everything but the shares is gone with
/// the replica.
public final class ReplicaDisk {
    private static final Pattern TOTAL = Pattern.compile("(\\d+)\\ttotal\\s*$");

    private final ReplicaOrder order;
    private final Path own;
    private final Path shares;

    private ReplicaDisk(ReplicaOrder order, Path own, Path shares) {
        this.order = order;
        this.own = own;
        this.shares = shares;
    }

    /// Makes a new replica's disk.
    ///
    /// @param work the host's folder
    public static ReplicaDisk create(Path work, ReplicaOrder order) {
        var disk = new ReplicaDisk(
                order,
                work.resolve("replicas").resolve(order.name()),
                work.resolve("shares").resolve(key(order)));
        for (var volume : Json.objects(order.template().path("volumes"))) {
            disk.fill(volume);
        }
        return disk;
    }

    /// A fresh folder for the layers of a container's run.
    public Path layers(String container) {
        var place = own.resolve("containers").resolve(container);
        if (Files.exists(place)) {
            WorkFolder.remove(place);
        }
        for (var name : new String[] {"upper", "work", "root"}) {
            make(place.resolve(name), "rwxr-xr-x");
        }
        make(place.resolve("tmp"), "rwxrwxrwx");
        return place;
    }

    /// What a container sees where, the outermost first.
    public List<Mount> mounts(ObjectNode container) {
        var mounts = new ArrayList<Mount>();
        for (var mount : Json.objects(container.path("volumeMounts"))) {
            var folder = folder(Json.text(mount, "volumeName"));
            var below = Json.text(mount, "subPath");
            var source = below.isEmpty() ? folder : folder.resolve(below).normalize();
            if (!source.startsWith(folder)) {
                throw new IllegalStateException(
                        "The subPath '" + below + "' leads out of its volume: write it without " + "'..'.");
            }
            make(source, "rwxrwxrwx");
            mounts.add(new Mount(source, Path.of(Json.text(mount, "mountPath")).normalize()));
        }
        mounts.sort((one, other) ->
                Integer.compare(one.at().getNameCount(), other.at().getNameCount()));
        return List.copyOf(mounts);
    }

    /// Bytes taken by volumes of its own and by what containers wrote elsewhere; empty where that can't
    /// be told now.
    public Optional<Long> bytes() {
        var output = Command.run(List.of("du", "-s", "-x", "-c", "-B1", own.toString()))
                .output();
        var total = TOTAL.matcher(output);
        return total.find() ? Optional.of(Long.parseLong(total.group(1))) : Optional.empty();
    }

    /// Forgets everything but the shares.
    public void remove() {
        WorkFolder.remove(own);
    }

    /// A folder of this machine at a path of a container.
    public record Mount(Path source, Path at) {}

    private void fill(ObjectNode volume) {
        var folder = folder(Json.text(volume, "name"));
        make(folder, "rwxrwxrwx");
        if (!Json.text(volume, "storageType").equals("Secret")) {
            return;
        }
        var named = Json.objects(volume.path("secrets"));
        for (var secret : order.secrets().entrySet()) {
            var entry = named.stream()
                    .filter(one -> Json.text(one, "secretRef").equals(secret.getKey()))
                    .findFirst();
            if (named.isEmpty() || entry.isPresent()) {
                var path = entry.map(one -> Json.text(one, "path")).orElse("");
                write(folder.resolve(path.isEmpty() ? secret.getKey() : path), secret.getValue());
            }
        }
    }

    private Path folder(String name) {
        var volume = Json.objects(order.template().path("volumes")).stream()
                .filter(one -> Json.text(one, "name").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no volume '" + name + "' in the template."));
        return switch (Json.text(volume, "storageType")) {
            case "AzureFile", "NfsAzureFile" -> shares.resolve(Json.text(volume, "storageName") + "." + name);
            default -> own.resolve("volumes").resolve(name);
        };
    }

    private static String key(ReplicaOrder order) {
        return order.app().replaceAll("[^A-Za-z0-9-]+", "_");
    }

    private static void make(Path folder, String permissions) {
        try {
            if (Files.isDirectory(folder)) {
                return;
            }
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " can't be made.", e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + file.getFileName() + " can't be written.", e);
        }
    }
}
