package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the file system says of a file without opening it.
///
/// @param type file type bits of `st_mode`
/// @param mode permission bits, 0 to 07777
/// @param modified nanoseconds since the epoch
/// @param changed inode change, nanoseconds since the epoch
public record FileStat(int type, int mode, long size, long modified, long changed, long inode, long uid, long gid) {
    private static final int TYPE_MASK = 0xF000;
    private static final int DIRECTORY = 0x4000;
    private static final int REGULAR = 0x8000;
    private static final int LINK = 0xA000;

    /// Of the file itself, not of what a link points to.
    ///
    /// @return empty if there is no such file
    public static Optional<FileStat> of(Path path) throws IOException {
        try {
            Map<String, Object> attributes = SecondTry.of(() -> Files.readAttributes(
                    path, "unix:mode,size,lastModifiedTime,ctime,ino,uid,gid", LinkOption.NOFOLLOW_LINKS));
            long mode = number(attributes, "mode");
            return Optional.of(new FileStat(
                    (int) mode & TYPE_MASK,
                    (int) mode & 0xFFF,
                    number(attributes, "size"),
                    nanos(attributes, "lastModifiedTime"),
                    nanos(attributes, "ctime"),
                    number(attributes, "ino"),
                    number(attributes, "uid") & 0xFFFFFFFFL,
                    number(attributes, "gid") & 0xFFFFFFFFL));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof FileTime time ? time.to(TimeUnit.NANOSECONDS) : 0;
    }

    public boolean isDirectory() {
        return type == DIRECTORY;
    }

    public boolean isRegular() {
        return type == REGULAR;
    }

    public boolean isLink() {
        return type == LINK;
    }

    /// Could the content differ? Size, modification, change and inode are all the same.
    public boolean looksLike(FileStat other) {
        return size == other.size && modified == other.modified && changed == other.changed && inode == other.inode;
    }
}
