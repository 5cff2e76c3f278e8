package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// A call that only reads is made once more where the disk fails: what it can't show twice is left out of an archive,
/// and a fault that passes must not cost a file.
public final class SecondTry {
    private SecondTry() {}

    /// What is tried.
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {
        T make() throws IOException;
    }

    /// @throws IOException of the second try; of the first where another one can't help: no such file, or no right to
    /// it
    public static <T extends @Nullable Object> T of(Call<T> call) throws IOException {
        try {
            return call.make();
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException settled) {
            throw settled;
        } catch (IOException passing) {
            return call.make();
        }
    }
}
