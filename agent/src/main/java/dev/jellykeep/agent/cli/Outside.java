package dev.jellykeep.agent.cli;

import dev.jellykeep.store.BlobStore;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What the program takes from the world around it apart from settings and time, so that tests can stand in between.
///
/// @param stores what is used in place of a store that was opened; closes it if that is another
/// @param onStop called with what is to be done when the process is told to stop
public record Outside(UnaryOperator<BlobStore> stores, Consumer<Runnable> onStop) {
    /// The stores themselves, and the signals of this process.
    static Outside real() {
        return new Outside(UnaryOperator.identity(), Signals::onStop);
    }
}
