package dev.jellykeep.sandbox.replicas.container;

import dev.jellykeep.sandbox.process.Launcher;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/// How containers become processes of this machine.
public interface Containers {
    /// With mounts, process numbers and a host name of their own. Needs root's rights.
    Containers ISOLATED = IsolatedContainer::start;

    /// As plain processes of the calling user, in whose variables and command lines paths are mapped. Needs no rights.
    Containers PLAIN = PlainContainer::start;

    /// Ends plain processes that sandboxes left behind when they were killed, and waits for their end.
    static void sweep() {
        Marked.sweep();
    }

    /// Starts one.
    ///
    /// @param console takes each line that it prints
    /// @throws UncheckedIOException if it can't be started
    ContainerProcess start(Launcher launcher, ContainerPlan plan, Consumer<String> console);
}
