package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.LogSource.Query;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.replicas.HostOptions;
import dev.jellykeep.sandbox.replicas.Isolation;
import dev.jellykeep.sandbox.replicas.RunningReplicas;
import dev.jellykeep.sandbox.replicas.image.Image;
import dev.jellykeep.sandbox.replicas.image.UsualImages;
import dev.jellykeep.sandbox.replicas.network.BridgedNetwork;
import dev.jellykeep.sandbox.replicas.volume.WorkFolder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The agent and a server as the containers of replicas that come and go, under the users of their
/// images.
class RealReplicaTest {
    private static final Duration BOUND = Duration.ofSeconds(90);
    private static final String AGENT = "agent:test";
    private static final Pattern LAST = Pattern.compile("last commit (\\d+)$");

    private final WorkFolder work = isolated();
    private final BridgedNetwork network = BridgedNetwork.open();

    @AfterEach
    void close() {
        network.close();
        work.close();
    }

    @ParameterizedTest(name = "agent as {0}, server as {1}")
    @CsvSource({"0, 0", "0, 1000", "1000, 1000"})
    void whatAServerWroteBeforeItsReplicaWentIsThereInTheNextOne(int agent, int server) {
        var images = UsualImages.of(repository()).with(agentImage(agent));
        try (var replicas =
                RunningReplicas.start(HostOptions.of(work.path(), InstantSource.system(), images), network)) {
            replicas.start(order("first", server, true));
            await(replicas, "first", () -> archives() > 0);
            replicas.stop("first", Instant.EPOCH, Duration.ofSeconds(60));
            await(replicas, "first", () -> gone(replicas, "first"));
            replicas.start(order("second", server, false));
            await(
                    replicas,
                    "second",
                    () -> console(replicas, "second", "jellyfin").contains("stand-in ready"));

            var ended = console(replicas, "first", "jellyfin").lines().toList().getLast();
            assertThat(ended).startsWith("stand-in stopped");
            var found = console(replicas, "second", "jellyfin");
            assertThat(found).contains("stand-in for Jellyfin").contains("It is not Jellyfin.");
            assertThat(found).contains("stand-in ready: 2 users, wizard completed: true");
            assertThat(last(found)).isEqualTo(last(ended));
        }
    }

    // Both programs are told to stop at the same time, and the agent is the one that has to wait.
    private static ReplicaOrder order(String name, int server, boolean first) {
        var template = Json.object();
        template.putArray("volumes").addObject().put("name", "db").put("storageType", "EmptyDir");
        template.withArray("/volumes").addObject().put("name", "store").put("storageType", "AzureFile");
        var init = template.putArray("initContainers");
        if (first) {
            agent(init.addObject(), "prepare", "init");
        }
        agent(init.addObject(), "jellykeep-restore", "restore");
        var containers = template.putArray("containers");
        var jellyfin = containers.addObject();
        jellyfin.put("name", "jellyfin").put("image", "lscr.io/linuxserver/jellyfin:10.11.0");
        var wanted = first ? "--users 2 --writes-per-second 20" : "";
        variables(jellyfin, Map.of("PUID", Integer.toString(server), "STANDIN_OPTIONS", wanted));
        mount(jellyfin, "db", "/config");
        agent(containers.addObject(), "jellykeep-agent", "run");
        return new ReplicaOrder(
                "/apps/jellyfin",
                "jellyfin--1",
                name,
                Instant.EPOCH,
                template,
                Map.of(),
                new ReplicaOrder.Identities(List.of(), List.of(), Instant.EPOCH),
                Timings.instant());
    }

    private static void agent(ObjectNode container, String name, String command) {
        container.put("name", name).put("image", AGENT).putArray("args").add(command);
        variables(
                container,
                Map.of(
                        "JELLYFIN_DATA_DIR", "/config/data",
                        "JELLYFIN_CONFIG_DIR", "/config",
                        "JELLYKEEP_FOLDER", "/store",
                        "JELLYKEEP_INTERVAL", "1s",
                        "JELLYKEEP_INITIAL_DELAY", "0s",
                        "JELLYKEEP_POLL", "300ms",
                        "JELLYKEEP_HEARTBEAT", "500ms",
                        "JELLYKEEP_STALE_AFTER", "2s",
                        "JELLYKEEP_GRACE", "60s"));
        mount(container, "db", "/config");
        mount(container, "store", "/store");
    }

    private static void variables(ObjectNode container, Map<String, String> variables) {
        var env = container.withArray("/env");
        variables.forEach((name, value) -> env.addObject().put("name", name).put("value", value));
    }

    private static void mount(ObjectNode container, String volume, String path) {
        container
                .withArray("/volumeMounts")
                .addObject()
                .put("volumeName", volume)
                .put("mountPath", path);
    }

    private static Image agentImage(int user) {
        var classPath = System.getProperty("java.class.path");
        var options = repository().resolve("agent/jvm.options");
        var readable = Stream.concat(
                        Stream.of(classPath.split(File.pathSeparator, -1)),
                        Stream.of(options.toString(), System.getProperty("java.home")))
                .filter(entry -> !entry.isEmpty() && Files.exists(Path.of(entry)))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .toList();
        return new Image(
                AGENT,
                Optional.empty(),
                List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "@" + options,
                        "-cp",
                        classPath,
                        Main.class.getName()),
                List.of(),
                user,
                Optional.empty(),
                Path.of("/"),
                Map.of("LC_ALL", "C.UTF-8"),
                readable,
                List.of(),
                Image.Listening.NONE);
    }

    private long archives() {
        try (var files = Files.walk(work.path().resolve("shares"))) {
            return files.filter(file -> file.getFileName().toString().matches("backup-\\d{14}\\.tar\\.gz"))
                    .count();
        } catch (IOException | UncheckedIOException _) {
            return 0;
        }
    }

    private static boolean gone(RunningReplicas replicas, String replica) {
        return replicas.observe(replica, Instant.EPOCH).gone();
    }

    private static String last(String console) {
        var matcher = LAST.matcher(console.lines()
                .filter(line -> LAST.matcher(line).find())
                .toList()
                .getLast());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String console(RunningReplicas replicas, String replica, String container) {
        var lines = replicas.logs()
                .orElseThrow()
                .read(new Query.Console(replica, container), 0)
                .all();
        return String.join(
                "\n",
                lines.stream().map(line -> Json.text(Json.object(line), "Log")).toList());
    }

    private static void await(RunningReplicas replicas, String replica, BooleanSupplier condition) {
        try {
            Eventually.holds("what the replica " + replica + " should do", BOUND, condition);
        } catch (AssertionError e) {
            var said = new StringBuilder();
            for (var name : List.of("prepare", "jellykeep-restore", "jellyfin", "jellykeep-agent")) {
                said.append("\n== ").append(name).append('\n').append(console(replicas, replica, name));
            }
            said.append(replicas.observe(replica, Instant.EPOCH));
            throw new AssertionError(e.getMessage() + said, e);
        }
    }

    private static WorkFolder isolated() {
        if (!"true".equals(System.getenv("CI"))) {
            assumeTrue(Isolation.missing().isEmpty(), () -> Isolation.missing().orElse(""));
        }
        return WorkFolder.create();
    }

    private static Path repository() {
        var here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("tools")) ? here : Objects.requireNonNull(here.getParent());
    }
}
