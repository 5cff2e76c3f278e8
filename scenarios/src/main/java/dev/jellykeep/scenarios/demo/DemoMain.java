package dev.jellykeep.scenarios.demo;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.sandbox.kubernetes.Binaries;
import dev.jellykeep.scenarios.chaos.ChaosTale;
import dev.jellykeep.scenarios.chaos.Home;
import dev.jellykeep.scenarios.cluster.Kubernetes;
import dev.jellykeep.scenarios.cluster.MockKubernetes;
import dev.jellykeep.scenarios.cluster.RealKubernetes;
import dev.jellykeep.scenarios.town.Programs;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import dev.jellykeep.scenarios.town.TownOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Shows in about two minutes, without Azure, what Jellykeep does for a family. Started by `./demo`, which builds what
/// it needs.
///
/// Exit codes: 0 if every check of the story holds, 1 if not, 2 if something that it needs is missing.
public final class DemoMain {
    /// Seconds: a small library, a large one, and one that is migrated.
    private static final List<Integer> START_UPS = List.of(5, 30, 90);

    private final PrintStream out;
    private final Narrator narrator;

    private DemoMain(PrintStream out) {
        this.out = out;
        this.narrator = new Narrator(out);
    }

    public static void main(String[] arguments) {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            System.exit(new DemoMain(out).run(DemoOptions.parse(List.of(arguments))));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private int run(DemoOptions options) {
        var repository = Programs.repository();
        var missing = missing(repository, options);
        if (missing.isPresent()) {
            System.err.println(missing.get());
            return 2;
        }
        return switch (options.tale()) {
            case HELP -> {
                out.print(DemoOptions.HELP);
                yield 0;
            }
            case AGENT -> {
                dev.jellykeep.sandbox.demo.DemoMain.main(new String[0]);
                yield 0;
            }
            case CHAOS, POLICY, ORIGINAL, ROLLOUTS ->
                options.mockKubernetes()
                        ? play(options, repository, MockKubernetes::start)
                        : playForReal(options, repository);
        };
    }

    private int playForReal(DemoOptions options, Path repository) {
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Ready(var binaries) ->
                play(options, repository, made -> RealKubernetes.start(made, binaries));
            case Binaries.Missing(var why) -> {
                System.err.println(why + " Or do without: ./demo " + DemoOptions.MOCK + ", which proves less.");
                yield 2;
            }
        };
    }

    private static Optional<String> missing(Path repository, DemoOptions options) {
        return switch (options.tale()) {
            case HELP, AGENT -> Optional.empty();
            case POLICY, ORIGINAL, ROLLOUTS, CHAOS ->
                Programs.missing(repository).or(() -> Town.missing(options.mappings()));
        };
    }

    private int play(DemoOptions options, Path repository, Function<TownOptions, Kubernetes> kubernetes) {
        try (var stage = new Stage()) {
            return play(options, repository, kubernetes, stage);
        } catch (IOException e) {
            out.println("The demo has no folder to work in: " + e.getMessage());
            return 1;
        }
    }

    private int play(DemoOptions options, Path repository, Function<TownOptions, Kubernetes> kubernetes, Stage stage)
            throws IOException {
        try {
            narrator.say("Jellykeep demo: an emulator stands in for Azure Container Apps, Azurite for Blob Storage,");
            narrator.say("and a stand-in for Jellyfin, where Jellyfin itself is not installed.");
            if (options.mockKubernetes()) {
                narrator.say(
                        "Kubernetes is a mock: it checks no rule of the policy (CEL), runs no admission and knows no");
                narrator.say("rights (RBAC), so the story proves nothing about these.");
            }
            options.mappings().sentence().ifPresent(narrator::say);
            open(options, stage, repository, kubernetes).tell();
            narrator.end("Everything came back.");
            if (options.keep()) {
                new Visit(out, stage).untilInterrupted();
            }
            return 0;
        } catch (IOException | RuntimeException e) {
            narrator.end("FAILED");
            out.println(sentence(e));
            out.println("The logs of all that ran: " + stage.keepLogs());
            return 1;
        }
    }

    /// One of ours is a sentence; of any other, such as a client's, the kind says more than the message alone.
    private static String sentence(Exception e) {
        var ours =
                e instanceof ScenarioFailure || e instanceof IllegalStateException || e instanceof UncheckedIOException;
        return ours && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private Tale open(DemoOptions options, Stage stage, Path repository, Function<TownOptions, Kubernetes> kubernetes)
            throws IOException {
        if (options.tale() == DemoOptions.Kind.CHAOS) {
            var homes = new ArrayList<Home>();
            while (homes.size() < options.lanes()) {
                var folder = Files.createDirectories(stage.folder().resolve("town-" + homes.size()));
                var town = Home.hurried(townOptions(options, repository, folder));
                narrator.step(() -> {
                    homes.add(stage.openHome(town, kubernetes));
                    return "Container Apps emulator, Azurite, mock of Kubernetes and operator, number " + homes.size();
                });
            }
            return new ChaosTale(
                    narrator, homes, options.rounds(), options.seed().orElseGet(System::nanoTime));
        }
        narrator.step(() -> stage.openTown(townOptions(options, repository, stage.folder())));
        narrator.step(() -> stage.startCluster(kubernetes));
        return switch (options.tale()) {
            case ORIGINAL -> new OriginalStory(narrator, stage.town(), stage.cluster());
            case ROLLOUTS -> new RolloutStory(narrator, stage.town(), stage.cluster(), START_UPS);
            default -> new Story(narrator, stage.town(), stage.cluster());
        };
    }

    private static TownOptions townOptions(DemoOptions options, Path repository, Path folder) {
        return TownOptions.of(repository, folder).with(options.mappings());
    }
}
