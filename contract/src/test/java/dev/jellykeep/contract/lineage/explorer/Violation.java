package dev.jellykeep.contract.lineage.explorer;

/// An invariant that doesn't hold.
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }
}
