package dev.jellykeep.sandbox.replicas.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Reads what a container prints.
final class Console {
    private Console() {}

    /// Begins to read.
    ///
    /// @return ends after the last line
    static Thread read(Process process, Consumer<String> lines) {
        return Thread.ofVirtual().name("console").start(() -> pass(process, lines));
    }

    private static void pass(Process process, Consumer<String> lines) {
        try (var in = process.inputReader(StandardCharsets.UTF_8)) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            lines.accept("(the output ends here: " + e.getMessage() + ")");
        }
    }
}
