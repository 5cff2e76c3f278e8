package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import java.util.Set;

/// What a call came to.
///
/// @param note in its data root afterwards
record Came(Cli.Answer answer, String note) {
    /// In a stranger's own archive.
    static final String STRANGE = "what a stranger wrote";

    boolean isOk() {
        return answer.code() == ExitCode.OK;
    }

    /// Never may anything of a stranger's be there, and whatever isn't done has a reason.
    ///
    /// @param good the notes that may be there
    Came require(String what, Set<String> good) {
        boolean told = isOk() || !(answer.err() + answer.out()).isBlank();
        boolean unexpected =
                answer.code() == ExitCode.UNEXPECTED || answer.err().contains("UNEXPECTED");
        if (unexpected || !told || note.equals(STRANGE) || !good.contains(note)) {
            throw new AssertionError("%s: %s, the data say '%s' and not one of %s: %s%s"
                    .formatted(
                            what,
                            answer.code(),
                            note,
                            good,
                            answer.out(),
                            answer.err().strip()));
        }
        return this;
    }

    /// Of a restore into an empty data root: it has done what it says.
    Came requireRestored(String what, Set<String> good) {
        if (isOk() == note.equals(Base.NOTHING)) {
            throw new AssertionError(
                    "%s: %s, the data say '%s': %s".formatted(what, answer.code(), note, answer.err()));
        }
        return require(what, good);
    }
}
