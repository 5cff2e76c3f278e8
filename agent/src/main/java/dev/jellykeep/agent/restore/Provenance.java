package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.archive.Extracted;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.store.archives.Catalogue;

/// That what was downloaded is the archive which its metadata and the lineage document speak of, and no other one under
/// its name.
public final class Provenance {
    /// Deflate comes to 1032.
    private static final long HIGHEST_RATIO = 1100;

    private Provenance() {}

    /// How much an archive of ours takes at most when it is unpacked: what its metadata say, which may be a stranger's.
    ///
    /// @param compressed bytes of the blob
    /// @throws ArchiveRefused if no archive of that length holds so much
    static long bytes(ArchiveFacts facts, long compressed) throws ArchiveRefused {
        if (facts.bytes() / HIGHEST_RATIO > compressed) {
            throw ArchiveRefused.damaged("its metadata say that it holds " + facts.bytes() + " bytes, more than its "
                    + compressed + " bytes can unpack to");
        }
        return facts.bytes();
    }

    /// Compares an archive of ours with its blob's metadata.
    ///
    /// @throws ArchiveRefused if it is another
    static void requireFacts(ArchiveFacts facts, Extracted extracted) throws ArchiveRefused {
        ArchiveHeader header = extracted.header();
        if (header == null) {
            throw ArchiveRefused.damaged("its header is missing");
        }
        if (!facts.sha256().equals(extracted.sha256())) {
            throw ArchiveRefused.damaged("its digest is not the one in its metadata");
        }
        if (!facts.describes(header)) {
            throw ArchiveRefused.damaged("its header is another archive's than its metadata say");
        }
    }

    /// Compares a blob with what the document lists under its name. An older tool's folder is many blobs, which that
    /// tool may have written on.
    ///
    /// @param sha256 of the blob's bytes
    /// @throws ArchiveRefused if it was replaced
    public static void requireListed(LineageDocument document, Catalogue catalogue, String name, String sha256)
            throws ArchiveRefused {
        String digest = catalogue
                .find(name)
                .map(Catalogue.Item::facts)
                .map(ArchiveFacts::sha256)
                .orElse(sha256);
        boolean another = document.listed()
                .anyMatch(
                        listed -> listed.name().equals(name) && !listed.sha256().equals(digest));
        if (another && !catalogue.isLegacyFolder(name)) {
            throw ArchiveRefused.damaged("its digest is not the one in lineage.json: it was replaced");
        }
    }
}
