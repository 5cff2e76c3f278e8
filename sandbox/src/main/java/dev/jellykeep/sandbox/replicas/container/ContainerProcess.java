package dev.jellykeep.sandbox.replicas.container;

/// A container that runs: processes that end with the first of them.
public interface ContainerProcess {
    /// Waits for its end and for the last of its output.
    ///
    /// @return its exit code; 128 + the signal's number where a signal ended it
    int awaitExit();

    boolean alive();

    /// SIGTERM to every process in it.
    void terminate();

    /// SIGKILL, after which none of its processes is left.
    void kill();
}
