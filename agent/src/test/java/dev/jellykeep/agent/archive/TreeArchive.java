package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.agent.snapshot.ScanReader;
import dev.jellykeep.agent.snapshot.ScannedFile;
import dev.jellykeep.agent.snapshot.Scanner;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.glob.Globs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Archives a folder as a backup does: scan, then write. Databases are taken as they lie.
final class TreeArchive {
    private TreeArchive() {}

    static Scan scan(Path root, Path work) throws IOException {
        return Scanner.scan(
                new DataRoot(root, NativeBytes.HEADER.roles()),
                new Globs(List.of(), List.of(), NativeBytes.HEADER.roles().data()),
                work.resolve("scan"));
    }

    static ArchiveWriter.Finished write(Path root, Path work, OutputStream out) throws IOException {
        return write(root, scan(root, work), work, out);
    }

    static ArchiveWriter.Finished write(Path root, Scan scan, Path work, OutputStream out) throws IOException {
        try (ArchiveWriter archive = new ArchiveWriter(out, NativeBytes.HEADER, work, 2, _ -> {});
                ScanReader files = ScanReader.of(scan)) {
            for (Optional<ScannedFile> next = files.next(); next.isPresent(); next = files.next()) {
                add(archive, root, next.get());
            }
            scan.skipped().forEach(archive::skipped);
            return archive.finish();
        }
    }

    private static void add(ArchiveWriter archive, Path root, ScannedFile file) throws IOException {
        Path live = root.resolve(file.path());
        switch (file.type()) {
            case DIRECTORY -> archive.folder(file.path(), file.stat());
            case LINK -> archive.link(file.path(), file.stat(), Objects.requireNonNull(file.target()));
            case DATABASE ->
                archive.database(
                        live,
                        file.path(),
                        file.stat(),
                        () -> new DatabaseRecord(file.path(), 1, null, null, null, "as it lay"));
            case FILE -> {
                try {
                    if (archive.file(live, file.path()).isEmpty()) {
                        archive.skipped(new Skipped(file.path(), "gone"));
                    }
                } catch (UnreadableFileException e) {
                    archive.skipped(new Skipped(file.path(), String.valueOf(e.getMessage())));
                }
            }
        }
    }

    /// Extracts with room for anything.
    static Extracted extract(Path archive, Path target, Path seen) throws IOException {
        try (var in = Files.newInputStream(archive)) {
            return Extraction.extract(
                    in, Files.createDirectories(target), seen, Limits.of(1_000_000, 1L << 40), _ -> {});
        }
    }

    static List<SeenEntries.Seen> seen(Path file) throws IOException {
        List<SeenEntries.Seen> all = new ArrayList<>();
        try (SeenEntries.Reader reader = new SeenEntries.Reader(file)) {
            for (Optional<SeenEntries.Seen> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(next.get());
            }
        }
        return all;
    }

    static boolean isFile(SeenEntries.Seen seen) {
        return seen.entry().type() == EntryType.FILE;
    }
}
