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

    /// What reading came to.
    sealed interface Outcome {
        /// There is no such file, or it is no file any more.
        record Gone() implements Outcome {}

        /// @param moved it kept changing through every try
        @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
        record Content(byte[] bytes, FileStat stat, boolean moved) implements Outcome {}

        /// Too large for memory; nothing has been read.
        record Large(FileStat stat) implements Outcome {}
    }

    /// @throws IOException if it can't be read
    static Outcome read(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<FileStat> before = FileStat.of(file);
            if (before.isEmpty() || !before.get().isRegular()) {
                return new Outcome.Gone();
            }
            if (before.get().size() > FITS_MEMORY) {
                return new Outcome.Large(before.get());
            }
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = in.readNBytes(FITS_MEMORY);
            } catch (NoSuchFileException gone) {
                return new Outcome.Gone();
            }
            Optional<FileStat> after = FileStat.of(file);
            boolean still = after.isPresent()
                    && after.get().looksLike(before.get())
                    && bytes.length == before.get().size();
            if (still || attempt == TRIES) {
                return new Outcome.Content(bytes, before.get(), !still);
            }
        }
    }
}
