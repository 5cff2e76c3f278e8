package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.file.Path;

/// Is given an archive's databases one at a time, while it is read.
public interface PassingDatabases {
    /// Where the next one may be written.
    ///
    /// @param size its bytes
    /// @throws dev.jellykeep.agent.AgentException NO_SPACE if there is no room for it
    Path room(String path, long size) throws IOException;

    /// It is there, whole; whoever is given it deletes it.
    void arrived(String path, Path file) throws IOException;
}
