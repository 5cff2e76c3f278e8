package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The command line of a program of an image, in a mount namespace of its own whose root is the image's folder: it can
/// write to nothing but its volumes and `/tmp`, which is its own. It shares the rest with this machine, its network
/// above all. Needs root's rights.
///
/// @param root the image's files; gets the folders that are mounted on
/// @param user number of the user, and of its group
/// @param environment all that it has
/// @param volumes folders of this machine that it sees at the same path, and may write to
record Container(Path root, int user, Map<String, String> environment, List<Path> volumes) {
    private static final List<String> DEVICES = List.of("null", "zero", "random", "urandom");

    private static final String ENTER = """
            set -e
            root=$1; user=$2; volumes=$3; shift 3
            mount --bind "$root" "$root"
            mount -o remount,bind,ro "$root"
            mount -t proc proc "$root/proc"
            mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
            for device in %s; do mount --bind "/dev/$device" "$root/dev/$device"; done
            while [ "$volumes" -gt 0 ]; do
              mkdir -p "$root$1"
              mount --bind "$1" "$root$1"
              shift
              volumes=$((volumes - 1))
            done
            exec chroot "--userspec=$user" "$root" "$@"
            """.formatted(String.join(" ", DEVICES));

    Container {
        environment = Map.copyOf(environment);
        volumes = List.copyOf(volumes);
    }

    /// @param program an absolute path in the image, and its arguments
    List<String> command(List<String> program) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.createDirectories(root.resolve("tmp"));
        Files.createDirectories(root.resolve("dev"));
        for (String device : DEVICES) {
            if (!Files.exists(root.resolve("dev").resolve(device))) {
                Files.createFile(root.resolve("dev").resolve(device));
            }
        }
        for (Path volume : volumes) {
            Files.createDirectories(root.resolve(Path.of("/").relativize(volume)));
        }
        List<String> command = new ArrayList<>(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        new TreeMap<>(environment).forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of("unshare", "-m", "sh", "-c", ENTER, "sh", root.toString(), user + ":" + user));
        command.add(Integer.toString(volumes.size()));
        volumes.forEach(volume -> command.add(volume.toString()));
        command.addAll(program);
        return command;
    }
}
