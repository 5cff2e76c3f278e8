package dev.jellykeep.images;

import dev.jellykeep.sandbox.process.Command;
import java.io.UncheckedIOException;
import java.util.List;

/// This machine's programs, run to their end.
final class Programs {
    private Programs() {}

    /// @param what is to be done, as in `can't … since`
    /// @return what it printed
    /// @throws BuildFailure if it isn't there or fails
    static String run(String what, List<String> command) {
        Command.Result result;
        try {
            result = Command.run(command);
        } catch (UncheckedIOException e) {
            throw new BuildFailure("can't " + what + ", since this machine has no `" + command.getFirst() + "`");
        }
        if (!result.ok()) {
            throw new BuildFailure("can't " + what + ", since `" + String.join(" ", command) + "` ended with "
                    + result.code() + ":\n" + result.output());
        }
        return result.output();
    }
}
