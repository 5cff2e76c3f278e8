package dev.jellykeep.store.azure;

import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobStoreContract;

class AzureBlobStoreContractTest extends BlobStoreContract {
    private String container = "";

    @Override
    protected BlobStore newStore() {
        container = Azurites.shared().newContainer();
        return sameStore();
    }

    @Override
    protected BlobStore sameStore() {
        return Azurites.store(container, "/a/b/");
    }

    @Override
    protected BlobStore siblingStore() {
        return Azurites.store(container, "a/b-sibling");
    }
}
