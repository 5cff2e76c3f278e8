package dev.jellykeep.scenarios.demo;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Shows in about two minutes, without Azure, what Jellykeep does for a family. Started by `./demo`, which builds what
/// it needs.
///
/// Exit codes: 0 if every check of the story holds, 1 if not, 2 if something that it needs is missing.
public final class DemoMain {
    private DemoMain() {}

    public static void main(String[] arguments) {
        System.exit(new DemoMain().run(new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    private int run(PrintStream out) {
        var repository = Programs.repository();
        var missing = Programs.missing(repository);
        if (missing.isPresent()) {
            System.err.println(missing.get());
            return 2;
        }
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Missing(var why) -> {
                System.err.println(why);
                yield 2;
            }
            case Binaries.Ready(var binaries) -> tell(new Narrator(out), out, repository, binaries);
        };
    }

    private static int tell(Narrator narrator, PrintStream out, Path repository, Binaries binaries) {
        try (var stage = new Stage()) {
            narrator.say("Jellykeep demo: an emulator stands in for Azure Container Apps, Azurite for Blob Storage,");
            narrator.say("and a stand-in for Jellyfin, where Jellyfin itself is not installed.");
            narrator.step(() -> stage.openTown(TownOptions.of(repository, stage.folder())));
            narrator.step(() -> stage.startCluster(binaries));
            new Story(narrator, stage.town(), stage.cluster()).tell();
            narrator.end("Everything came back.");
            return 0;
        } catch (ScenarioFailure | IllegalStateException | IOException | UncheckedIOException e) {
            narrator.end("FAILED");
            out.println(e.getMessage());
            return 1;
        }
    }
}
