package dev.jellykeep.contract.lineage;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an archive's blob metadata says of its place in the lineage.
///
/// @param name blob name relative to the prefix
/// @param parent archive that it follows; null: the first of its line
/// @param pinToken the pin that its replica had restored
public record Archived(
        String name,
        UUID lineage,
        String owner,
        long epoch,
        long sequence,
        @Nullable String parent,
        String sha256,
        @Nullable String pinToken) {

    public Listed listed() {
        return new Listed(name, sha256, epoch, sequence);
    }
}
