package dev.jellykeep.sandbox.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Prints the story: one line a step, with the time it took at the right.
public final class Narrator {

    private static final int WIDTH = 92;

    private final PrintStream out;
    private final long start = System.nanoTime();

    public Narrator(PrintStream out) {
        this.out = out;
    }

    /// A line without a time.
    public void say(String text) {
        out.println(text);
    }

    /// Does a step, and prints the sentence that it returns.
    public void step(Step step) throws IOException {
        long began = System.nanoTime();
        line("  " + step.take(), began);
    }

    /// The last line, with the time of the whole story.
    public void end(String text) {
        line(text, start);
    }

    private void line(String text, long since) {
        double seconds = Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "%-" + WIDTH + "s%6.1f s", text, seconds));
    }

    /// Part of the story.
    public interface Step {
        /// Takes it.
        ///
        /// @return what was done and seen, in one sentence
        String take() throws IOException;
    }
}
