package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.containerapps.ContainerAppsMain;
import dev.jellykeep.sandbox.containerapps.Pulse;
import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import dev.jellykeep.sandbox.process.ParentWatch;
import dev.jellykeep.sandbox.replicas.image.UsualImages;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// Runs the emulator with real replicas until SIGTERM.
///
/// The flags of {@link ContainerAppsMain}; `--root FOLDER`, the repository with the agent in it (this
/// folder); `--images FILE`, in place of the usual ones; `--path-mapping` and `--port-mapping`, to do without mounts
/// and networks of their own. Exit code 2 on a bad command line, and where the machine forbids it.
public final class RunningReplicasMain {
    private RunningReplicasMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        ParentWatch.start();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            var known = new HashSet<>(ContainerAppsMain.FLAGS);
            known.addAll(Set.of("--root", "--images"));
            var rest = new ArrayList<>(List.of(arguments));
            var mappings = Mappings.take(rest);
            var flags = Flags.parse(rest, known);
            Isolation.missing(mappings).ifPresent(sentence -> {
                throw new BadFlag(sentence);
            });
            run(flags, mappings, out);
            new CountDownLatch(1).await();
        } catch (BadFlag e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void run(Flags flags, Mappings mappings, PrintStream out) {
        var options = ContainerAppsMain.options(flags);
        var root = Path.of(flags.text("--root", ""));
        var file = flags.path("--images");
        var images = file == null ? UsualImages.of(root) : UsualImages.of(root, file);
        var work = mappings.createFolder();
        var network = mappings.openNetwork();
        var replicas = RunningReplicas.start(
                HostOptions.of(work.path(), options.clock(), images).with(mappings), network);
        var apps = ContainerAppsMain.start(flags, options.withHost(replicas));
        var pulse = Pulse.start(apps::tick);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            pulse.close();
            apps.close();
            replicas.close();
            network.close();
            work.close();
        }));
        out.println("This is an emulator of Azure Container Apps, for tests and demos. It is not Azure.");
        out.println("emulator listening on " + apps.uri() + ", steered below " + apps.uri() + "/_sandbox/");
        mappings.sentence().ifPresent(out::println);
        out.println("replicas run behind " + network.address().getHostAddress() + ", their logs are in "
                + work.path().resolve("logs"));
    }
}
