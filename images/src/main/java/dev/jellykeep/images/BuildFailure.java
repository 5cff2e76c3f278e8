package dev.jellykeep.images;

/// An image can't be made: what, of what, and what to do, in one sentence.
final class BuildFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BuildFailure(String message) {
        super(message);
    }
}
