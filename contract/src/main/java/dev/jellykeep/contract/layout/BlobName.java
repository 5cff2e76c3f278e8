package dev.jellykeep.contract.layout;

import org.jspecify.annotations.Nullable;

/// What a name found in a listing is. Decided by the name alone: nothing here says that the content is good.
public sealed interface BlobName {
    /// An archive directly below the prefix: of this lineage, or of an older tool.
    record ArchiveBlob(ArchiveName archive) implements BlobName {}

    /// An archive under `forks/`.
    ///
    /// @param owner id of the replica that wrote it
    record ForkArchive(String owner, ArchiveName archive) implements BlobName {}

    /// A refused snapshot.
    record SuspectArchive(ArchiveName archive) implements BlobName {}

    /// One file of a backup that an older tool stored as a folder.
    ///
    /// @param folder `backup-YYYYMMDDHHMMSS`
    /// @param path as found in the name, unchecked: it may be hostile
    record LegacyFolderFile(String folder, String path) implements BlobName {}

    record Lineage() implements BlobName {}

    /// A lineage document that couldn't be read, saved before it was replaced.
    record LineageAside(String name) implements BlobName {}

    /// Anything that is asked through Blob.
    ///
    /// @param file name below `control/`
    /// @param request null unless it is a token request of a kind that this version knows
    record Control(String file, @Nullable RequestKind request) implements BlobName {}

    /// A report.
    ///
    /// @param replica id of the replica that reports
    record Status(String replica) implements BlobName {}

    /// Not ours, or of a newer version: never touched.
    record Foreign(String name) implements BlobName {}
}
