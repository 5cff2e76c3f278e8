package dev.jellykeep.sandbox.process;

import java.util.Optional;

/// Ends a child process once the process that started it is gone, however that went (a killed build runs no hooks).
public final class ParentWatch {

    static final String PROPERTY = "jellykeep.sandbox.parent";

    private ParentWatch() {}

    /// Starts watching, if {@link JavaProcess} started this process; does nothing otherwise.
    public static void start() {
        Long parent = Long.getLong(PROPERTY);
        if (parent == null) {
            return;
        }
        Optional<ProcessHandle> handle = ProcessHandle.of(parent);
        if (handle.isEmpty()) {
            Runtime.getRuntime().halt(137);
            return;
        }
        var _ = handle.get().onExit().thenRun(() -> Runtime.getRuntime().halt(137));
    }
}
