package dev.jellykeep.agent.report;

/// Tells the outside how backups go. Never waits for anybody and never fails: a backup doesn't hang on who hears of it.
public interface Notices {
    /// Nobody listens.
    Notices NONE = new Notices() {
        @Override
        public void good(String sentence) {}

        @Override
        public void bad(String sentence) {}
    };

    /// The data are saved.
    ///
    /// @param sentence what was done
    void good(String sentence);

    /// The data are not saved, or not in the head.
    ///
    /// @param sentence what happened, and what to do
    void bad(String sentence);
}
