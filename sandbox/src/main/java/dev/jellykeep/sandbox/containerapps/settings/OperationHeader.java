package dev.jellykeep.sandbox.containerapps.settings;

/// Which header of a reply names the operation. The specification and its own examples disagree.
public enum OperationHeader {
    AZURE_ASYNC_OPERATION,
    LOCATION,
    BOTH;

    public boolean hasAsyncOperation() {
        return this != LOCATION;
    }

    public boolean hasLocation() {
        return this != AZURE_ASYNC_OPERATION;
    }
}
