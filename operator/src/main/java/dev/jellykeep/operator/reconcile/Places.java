package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.store.BlobStore;

/// Where policies keep their archives.
public interface Places {
    /// Nothing is asked of Blob before the first call.
    ///
    /// @throws dev.jellykeep.store.StoreException INVALID if the settings can't be right
    BlobStore open(StorageSpec storage);
}
