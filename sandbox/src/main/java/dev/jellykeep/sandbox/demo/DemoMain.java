package dev.jellykeep.sandbox.demo;

import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Shows in about a minute, without Azure, that Jellykeep brings a server back. Started by `./demo`, which builds what
/// it needs; the system property `jellykeep.root` names the repository.
///
/// Exit codes: 0 if every check of the story holds, 1 if not, 2 if something that it needs is missing.
public final class DemoMain {

    private DemoMain() {}

    public static void main(String[] arguments) {
        Path launcher = Path.of(System.getProperty("jellykeep.root", ""))
                .toAbsolutePath()
                .resolve("jellykeep");
        Optional<String> missing = Files.isExecutable(launcher)
                ? Azurite.missing()
                : Optional.of("There is no " + launcher + ": start the demo as ./demo in Jellykeep's repository.");
        if (missing.isPresent()) {
            System.err.println(missing.get());
            System.exit(2);
        }
        System.exit(tell(launcher, new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    private static int tell(Path launcher, PrintStream out) {
        var narrator = new Narrator(out);
        try {
            Path work = Files.createTempDirectory("jellykeep-demo-");
            var azurite = new AtomicReference<@Nullable Azurite>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(work, azurite.get()), "leave-nothing"));
            narrator.say("Jellykeep demo: Azurite stands in for Azure Blob Storage, a stand-in for Jellyfin.");
            narrator.step(() -> {
                azurite.set(Azurite.start());
                return "Azurite started";
            });
            Azurite store = java.util.Objects.requireNonNull(azurite.get());
            Path disk = work.resolve("disk");
            JellyfinFolders folders = JellyfinFolders.official(disk.resolve("config"));
            var agent = new DemoAgent(
                    launcher, work.resolve("logs"), store.connectionString(), store.newContainer(), folders);
            new Story(narrator, agent, folders, disk, work.resolve("logs")).tell();
            narrator.end("Everything came back.");
            return 0;
        } catch (DemoFailure | IllegalStateException | IOException | UncheckedIOException e) {
            narrator.end("FAILED");
            out.println(e.getMessage());
            return 1;
        }
    }

    // Runs at every end, also at Ctrl-C. Children go first, since they write to the folder.
    private static void leaveNothing(Path work, @Nullable Azurite azurite) {
        ChildProcess.closeAll();
        if (azurite != null) {
            azurite.stop();
        }
        try {
            Trees.delete(work);
        } catch (IOException e) {
            System.err.println("The demo's folder " + work + " could not be removed: " + e.getMessage());
        }
    }
}
