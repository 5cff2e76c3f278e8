package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;

/// What one call of the program came to.
///
/// @param out standard output
/// @param err standard error
record Said(String command, ExitCode code, String out, String err) {

    /// Fails the test unless it ended so.
    Said is(ExitCode expected) {
        assertThat(code).as("%s said:%n%s%s", command, out, err).isEqualTo(expected);
        return this;
    }

    Said ok() {
        return is(ExitCode.OK);
    }

    /// Fails the test unless each text was said, on whichever stream.
    Said says(String... texts) {
        assertThat(out + err).as("what %s said", command).contains(texts);
        return this;
    }
}
