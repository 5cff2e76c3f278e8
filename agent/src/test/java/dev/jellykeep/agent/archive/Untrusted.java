package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.snapshot.FileDigest;
import dev.jellykeep.agent.snapshot.LinkTarget;
import dev.jellykeep.contract.archive.EntryType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Extracts bytes that nobody vouches for, and looks that nothing comes of it but a refusal, or what the archive says:
/// inside of its folder, within its limits, and the same for a drill as for a restore.
final class Untrusted {
    static final Limits LIMITS = new Limits(200, 1L << 20, 1L << 18, 50);

    private final Path outer;
    private final Path middle;

    /// @param outer empty private folder
    Untrusted(Path outer) throws IOException {
        this.outer = outer;
        this.middle = Files.createDirectories(outer.resolve("middle"));
        Files.writeString(outer.resolve("sentinel"), "outer");
        Files.writeString(middle.resolve("sentinel"), "middle");
    }

    /// What was made of it; empty if it was refused.
    ///
    /// @throws AssertionError if more came of it than may
    Optional<Extracted> extract(byte[] archive) throws IOException {
        Path target = middle.resolve("target");
        Workspace.deleteTree(target);
        Files.createDirectory(target);
        Path seen = middle.resolve("seen");
        @Nullable Extracted extracted = null;
        try {
            extracted = Extraction.extract(new ByteArrayInputStream(archive), target, seen, LIMITS, _ -> {});
            requireSaid(target, seen, extracted);
        } catch (ArchiveRefused refused) {
            require(
                    String.valueOf(refused.getMessage()).matches("[^\\p{Cntrl}]{5,300}"),
                    "a refusal says \"" + refused.getMessage() + '"');
        }
        requireInside(target);
        requireLimits(target);
        requireNoBetterDrill(archive, extracted);
        return Optional.ofNullable(extracted);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    private void requireInside(Path target) throws IOException {
        require(names(outer).equals(List.of("middle", "sentinel")), "outside there is " + names(outer));
        require(List.of("seen", "sentinel", "target").containsAll(names(middle)), "outside there is " + names(middle));
        require(Files.readString(outer.resolve("sentinel")).equals("outer"), "a file outside was changed");
        require(Files.readString(middle.resolve("sentinel")).equals("middle"), "a file outside was changed");
        require(Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS), "the folder itself was changed");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> String.valueOf(each.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    private static void requireLimits(Path target) throws IOException {
        long bytes = 0;
        long folders = 0;
        long others = 0;
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    folders++;
                } else {
                    others++;
                    bytes += Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Files.size(file) : 0;
                }
            }
        }
        require(bytes <= LIMITS.bytes(), bytes + " bytes were written");
        require(folders - 1 <= LIMITS.entries(), folders + " folders were made");
        require(others <= LIMITS.entries(), others + " files were made");
    }

    private static void requireSaid(Path target, Path seen, Extracted extracted) throws IOException {
        long entries = 0;
        for (SeenEntries.Seen each : TreeArchive.seen(seen)) {
            entries++;
            Path file = target.resolve(each.entry().path());
            if (each.entry().type() == EntryType.LINK) {
                String to = Files.readSymbolicLink(file).toString();
                require(LinkTarget.staysInside(each.entry().path(), to), file + " leads to " + to);
                Path end = file.resolveSibling(to).normalize();
                require(
                        end.startsWith(target) && !end.startsWith(target.resolve(".jellykeep")),
                        file + " leads to " + end);
            } else if (each.entry().type() == EntryType.FILE) {
                require(FileDigest.of(file).equals(each.entry().sha256()), file + " has another content");
            } else {
                require(Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS), file + " is no folder");
            }
        }
        require(entries == extracted.entries(), entries + " entries in place of " + extracted.entries());
    }

    /// Of an archive of ours a drill may not say that it is good where a restore refuses it.
    private void requireNoBetterDrill(byte[] archive, @Nullable Extracted extracted) throws IOException {
        try {
            Extracted tried = Extraction.tryOut(
                    new ByteArrayInputStream(archive), forgotten(), middle.resolve("seen"), LIMITS, _ -> {});
            require(
                    tried.header() == null
                            || (extracted != null && tried.sha256().equals(extracted.sha256())),
                    "a drill finds good what a restore refuses");
        } catch (ArchiveRefused refused) {
            require(extracted == null, "a drill refuses what a restore finds good: " + refused.getMessage());
        }
        Files.deleteIfExists(middle.resolve("passing.db"));
    }

    private PassingDatabases forgotten() {
        return new PassingDatabases() {
            @Override
            public Path room(String path, long size) {
                return middle.resolve("passing.db");
            }

            @Override
            public void arrived(String path, Path file) throws IOException {
                Files.delete(file);
            }
        };
    }
}
