package dev.jellykeep.sandbox.containerapps.replica;

/// One container, in the words of the replica API.
///
/// @param details free text; empty for none
public record ContainerStatus(
        String name, boolean ready, boolean started, int restartCount, RunningState state, String details) {

    /// The specification's values.
    public enum RunningState {
        WAITING("Waiting"),
        RUNNING("Running"),
        TERMINATED("Terminated");

        private final String text;

        RunningState(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// Not started yet.
    public static ContainerStatus waiting(String name, String details) {
        return new ContainerStatus(name, false, false, 0, RunningState.WAITING, details);
    }

    /// Whether it waits to be started again after a failure.
    public boolean crashing() {
        return state == RunningState.WAITING && restartCount > 0;
    }
}
