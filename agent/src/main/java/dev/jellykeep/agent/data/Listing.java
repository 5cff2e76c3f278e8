package dev.jellykeep.agent.data;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What lies in a folder, all of it or a failure: a disk may fail in the midst of a listing, and that is tried twice.
public final class Listing {
    private Listing() {}

    /// @throws IOException if the folder can't be read to its end
    public static List<Path> of(Path folder) throws IOException {
        return SecondTry.of(() -> once(folder));
    }

    private static List<Path> once(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
            listing.forEach(all::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return all;
    }
}
