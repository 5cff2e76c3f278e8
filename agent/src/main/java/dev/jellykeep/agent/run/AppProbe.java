package dev.jellykeep.agent.run;

import java.util.Optional;

/// What the sidecar asks of the app.
public interface AppProbe {
    /// Asks once whether it is healthy, for at most a few seconds.
    HealthProbe.Answer ask();

    /// False: the app is taken for healthy from the start, and its end can't be asked for.
    default boolean canAsk() {
        return true;
    }

    /// Which version the app says that it is; empty where it can't be asked, or says none. Asked of a healthy app
    /// alone:
    /// Jellyfin's setup server answers for another one.
    default Optional<String> askVersion() {
        return Optional.empty();
    }

    /// What the app last said of its version.
    default Optional<String> toldVersion() {
        return Optional.empty();
    }
}
