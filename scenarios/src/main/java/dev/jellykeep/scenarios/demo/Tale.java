package dev.jellykeep.scenarios.demo;

import java.io.IOException;

/// A story that ends by itself.
interface Tale {
    /// Plays and prints it.
    ///
    /// @throws dev.jellykeep.scenarios.town.ScenarioFailure at the first claim that doesn't hold
    void tell() throws IOException;
}
