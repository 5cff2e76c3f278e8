package dev.jellykeep.operator.chart;

import static org.junit.jupiter.api.Assumptions.abort;

import dev.jellykeep.sandbox.recipe.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A program that a script below `tools/` builds once.
public final class Tool {
    private static final Duration TO_BUILD = Duration.ofMinutes(20);
    private static final Duration TO_RUN = Duration.ofMinutes(2);

    private final String name;
    private final Recipe recipe;

    /// @param what as the subject of a sentence
    /// @param name of the script's folder and of the program
    public Tool(String what, String name) {
        this.name = name;
        recipe = Recipe.run(what, "tools/" + name + "/install", TO_BUILD, System.err::println);
    }

    /// @param out what it printed for programs
    /// @param err what it printed for people
    public record Ended(int code, String out, String err) {
        public String all() {
            return out + err;
        }
    }

    /// Runs it to its end. Where it can't be had, the test is skipped with a sentence, and fails in CI.
    public Ended run(Path folder, Map<String, String> environment, List<String> words) {
        try {
            Path out = Files.createTempFile("tool-", ".out");
            Path err = Files.createTempFile("tool-", ".err");
            List<String> command = new ArrayList<>(List.of(program().toString()));
            command.addAll(words);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(TO_RUN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        command + " did not end within " + TO_RUN + ": " + Files.readString(err));
            }
            Ended ended = new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
            Files.delete(out);
            Files.delete(err);
            return ended;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path program() {
        return switch (recipe) {
            case Recipe.Ready(var folder) -> folder.resolve(name);
            case Recipe.Missing(var why) -> {
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException(why);
                }
                yield abort(why);
            }
        };
    }
}
