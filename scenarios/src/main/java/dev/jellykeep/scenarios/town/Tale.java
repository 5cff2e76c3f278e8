package dev.jellykeep.scenarios.town;

import java.io.IOException;

/// A story that ends by itself.
public interface Tale {
    /// Plays and prints it.
    ///
    /// @throws ScenarioFailure at the first claim that doesn't hold
    void tell() throws IOException;
}
