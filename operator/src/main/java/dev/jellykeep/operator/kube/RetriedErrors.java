package dev.jellykeep.operator.kube;

import java.util.function.Supplier;

/// The controller tries again after an exception. After an error it never looks at that policy again, and nobody would
/// notice: its status would stay what it was.
final class RetriedErrors {
    private RetriedErrors() {}

    /// @throws IllegalStateException in place of an error; but for those of the virtual machine, which ends by them
    static <T> T of(Supplier<T> step) {
        try {
            return step.get();
        } catch (LinkageError | AssertionError | StackOverflowError e) {
            throw new IllegalStateException("the operator is broken: " + e, e);
        }
    }
}
