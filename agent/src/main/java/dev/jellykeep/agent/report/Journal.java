package dev.jellykeep.agent.report;

/// Where the agent says what it does: one line per event, a constant message in lower case and data as key
/// and value. Never a secret. Safe for use from any thread.
public interface Journal {
    /// How much a reader needs to care.
    enum Level {
        DEBUG,
        /// A change of state.
        INFO,
        /// Degraded; the agent goes on and tries again.
        WARN,
        /// A person must act.
        ERROR
    }

    /// @param data alternating keys (text) and values
    void write(Level level, String message, Object... data);

    default void debug(String message, Object... data) {
        write(Level.DEBUG, message, data);
    }

    default void info(String message, Object... data) {
        write(Level.INFO, message, data);
    }

    default void warn(String message, Object... data) {
        write(Level.WARN, message, data);
    }

    default void error(String message, Object... data) {
        write(Level.ERROR, message, data);
    }
}
