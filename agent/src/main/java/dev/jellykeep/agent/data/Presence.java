package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a file is there. Unlike the questions of {@link Files}, these don't take what a failing disk can't show for
/// what isn't there: data would be given up, or replaced, for a fault that passes.
public final class Presence {
    /// Of errors that have no exception of their own: where these are, nothing can be reached by the path.
    private static final List<String> NOWHERE =
            List.of("Not a directory", "Too many levels of symbolic links", "File name too long");

    private Presence() {}

    /// @throws IOException if the disk fails twice, or doesn't let us look
    public static boolean isThere(Path path, LinkOption... options) throws IOException {
        return look(path, options).isPresent();
    }

    /// @throws IOException if the disk fails twice, or doesn't let us look
    public static boolean isFile(Path path, LinkOption... options) throws IOException {
        return look(path, options).filter(BasicFileAttributes::isRegularFile).isPresent();
    }

    /// @throws IOException if the disk fails twice, or doesn't let us look
    public static boolean isFolder(Path path, LinkOption... options) throws IOException {
        return look(path, options).filter(BasicFileAttributes::isDirectory).isPresent();
    }

    private static Optional<BasicFileAttributes> look(Path path, LinkOption... options) throws IOException {
        return Optional.ofNullable(SecondTry.of(() -> attributes(path, options)));
    }

    private static @Nullable BasicFileAttributes attributes(Path path, LinkOption... options) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, options);
        } catch (NoSuchFileException | NotDirectoryException | FileSystemLoopException nowhere) {
            return null;
        } catch (FileSystemException e) {
            String why = e.getReason();
            if (why != null && NOWHERE.stream().anyMatch(why::startsWith)) {
                return null;
            }
            throw e;
        }
    }
}
