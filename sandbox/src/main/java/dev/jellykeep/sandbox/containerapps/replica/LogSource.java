package dev.jellykeep.sandbox.containerapps.replica;

import java.util.List;

/// Logs of replicas, line by line, each one JSON object as `az containerapp logs show` prints it.
public interface LogSource {
    /// Reads on in a log.
    ///
    /// @param from 0 at first, {@link Lines#next} after
    Lines read(Query query, long from);

    /// Lines of a log.
    ///
    /// @param next where to read on
    record Lines(List<String> all, long next) {}

    /// Which log, and what of it. Empty for any, but for a console, which is one container's.
    sealed interface Query {
        /// Events of the platform, of an app by its name, of a revision, of a replica.
        record System(String app, String revision, String replica) implements Query {}

        /// What a container printed.
        record Console(String replica, String container) implements Query {}
    }
}
