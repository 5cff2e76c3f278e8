package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.FileStat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads files that may grow, shrink or vanish meanwhile. What fits into memory is read again until it held still;
/// larger files are read once, to the size they had when they were opened.
final class MovingFile {
    static final int FITS_MEMORY = 4 << 20;

    private static final int TRIES = 5;

    private MovingFile() {}

    /// A small file's content.
    ///
    /// @param moved it kept changing through every try
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    record Content(byte[] bytes, FileStat stat, boolean moved) {}

    /// @return empty if the file is gone
    /// @throws IOException if it can't be read
    static Optional<Content> read(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<FileStat> before = FileStat.of(file);
            if (before.isEmpty() || !before.get().isRegular()) {
                return Optional.empty();
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = in.readNBytes(FITS_MEMORY);
            } catch (NoSuchFileException gone) {
                return Optional.empty();
            }
            Optional<FileStat> after = FileStat.of(file);
            boolean still = after.isPresent()
                    && after.get().looksLike(before.get())
                    && bytes.length == before.get().size();
            if (still || attempt == TRIES) {
                return Optional.of(new Content(bytes, before.get(), !still));
            }
        }
    }
}
