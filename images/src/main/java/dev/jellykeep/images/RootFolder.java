package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// An image's files as a container sees them, in a folder.
final class RootFolder {
    private RootFolder() {}

    /// @param folder may be there and hold other layers
    static void write(List<Layer> layers, Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Layer layer : layers) {
            for (Entry entry : layer.entries()) {
                Path there = folder.resolve(entry.at().substring(1));
                if (entry.isFolder()) {
                    Files.createDirectories(there);
                } else {
                    Files.createDirectories(there.resolveSibling("."));
                    Files.copy(entry.from(), there);
                    Files.setLastModifiedTime(there, FileTime.from(Image.MODIFIED));
                }
                Files.setPosixFilePermissions(there, permissions(entry.mode()));
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & (0400 >> i)) != 0) {
                permissions.add(all[i]);
            }
        }
        return permissions;
    }
}
