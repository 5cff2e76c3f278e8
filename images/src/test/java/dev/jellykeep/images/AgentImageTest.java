package dev.jellykeep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.Command;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentImageTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @TempDir
    static Path work;

    private static AgentBuild build;
    private static AgentImage.Parts parts;
    private static UnpackedImage image;

    @BeforeAll
    static void build() throws IOException {
        build = build("build");
        parts = build.parts(true);
        image = unpacked(AgentImage.ROOT);
    }

    @AfterAll
    static void end() {
        ChildProcess.closeAll();
    }

    private static AgentBuild build(String name) throws IOException {
        Path tree = Path.of("..").toAbsolutePath().normalize();
        return new AgentBuild(
                tree, Path.of(System.getProperty("java.home")), "0.0.0", Files.createDirectories(work.resolve(name)));
    }

    private static UnpackedImage unpacked(int user) throws IOException {
        Path folder = Files.createDirectories(work.resolve("image-" + user));
        Path tar = folder.resolve("image.tar");
        String _ = ImageTar.write(build.image(user, parts), tar, folder.resolve("cache"));
        return UnpackedImage.of(tar, folder.resolve("unpacked"));
    }

    @Test
    void aServersDataAreLostByTheImageAlthoughTheBuildKeepsThem() throws IOException, SQLException {
        try (Azurite azurite = Azurite.start()) {
            Replica first = new Replica(image, azurite.connectionString(), azurite.newContainer("family"), "first");
            first.restored();
            JellyfinFolders folders = JellyfinFolders.official(first.data());
            try (RunningStandIn server =
                    StandIn.in(folders).users(2).writesPerSecond(0).start(work.resolve("server"))) {
                Files.writeString(folders.dataDir().resolve("Café, 東京.txt"), "saved");
                try (ChildProcess agent = first.running(server.healthUrl().toString())) {
                    var _ = agent.awaitLine(Pattern.compile("now holding"), BOUND);
                    long _ = server.stop(BOUND);
                    assertThat(agent.stop(BOUND)).as(agent.output()).isZero();
                    assertThat(agent.output()).contains("sealed");
                }
            }
            Replica second = new Replica(image, azurite.connectionString(), "family", "second");
            second.restored();
            JellyfinFolders back = JellyfinFolders.official(second.data());
            assertThat(users(back)).isEqualTo(users(folders)).isEqualTo(2);
            assertThat(back.dataDir().resolve("Café, 東京.txt")).hasContent("saved");
        }
    }

    private static long users(JellyfinFolders folders) throws SQLException {
        try (Connection database = SqliteFile.open(folders.database())) {
            return SqliteFile.number(database, "SELECT count(*) FROM Users");
        }
    }

    @Test
    void everyColdStartIsSlowSinceTheCacheFitsNothing() throws IOException {
        List<String> started = new ArrayList<>(image.entryPoint());
        started.addAll(1, List.of("-XX:AOTMode=on", "-Xlog:class+load"));
        started.add("--version");
        List<String> command = container(image.root(), 0).command(started);
        Command.Result cached = Command.run(command);
        assertThat(cached.ok()).as(cached.output()).isTrue();
        assertThat(cached.output().lines().filter(each -> each.contains(" dev.jellykeep.")))
                .isNotEmpty()
                .allMatch(each -> each.contains("shared objects file"));
        Path cache = image.root().resolve(AgentImage.CACHE.substring(1));
        byte[] fits = Files.readAllBytes(cache);
        Files.write(cache, new byte[fits.length]);
        assertThat(Command.run(command).ok()).as("with another cache").isFalse();
        Files.write(cache, fits);
    }

    @Test
    void whoGetsInHasAShell() throws IOException {
        List<String> programs;
        try (Stream<Path> all = Files.walk(image.root())) {
            programs = all.filter(each -> Files.isRegularFile(each) && Files.isExecutable(each))
                    .map(each -> "/" + image.root().relativize(each))
                    .filter(each -> !each.endsWith(".so"))
                    .sorted()
                    .toList();
        }
        assertThat(programs)
                .containsExactly(
                        "/jellykeep/java/bin/java",
                        "/jellykeep/java/lib/jexec",
                        "/jellykeep/java/lib/jspawnhelper",
                        "/lib64/ld-linux-x86-64.so.2");
    }

    @Test
    void anAgentBesideAServerOfAnotherUserRunsAsRootOrARootAgentAsAnother() throws IOException {
        UnpackedImage nonroot = unpacked(AgentImage.NONROOT);
        assertThat(image.user()).isZero();
        assertThat(nonroot.user()).isEqualTo(1000);
        assertThat(nonroot.layers()).as("one download for both").isEqualTo(image.layers());
        List<String> version = new ArrayList<>(nonroot.entryPoint());
        version.add("--version");
        assertThat(Command.run(container(nonroot.root(), 1000).command(version)))
                .matches(Command.Result::ok, "starts");
    }

    @Test
    void twoBuildsOfTheSameAreDifferentSoThatNobodyCanTellWhatIsInThem() throws IOException {
        AgentImage.Parts again = build("again").parts(false);
        UnpackedImage second = UnpackedImage.of(written(build.image(AgentImage.ROOT, again)), work.resolve("second"));
        assertThat(second.layers()).hasSize(3).isEqualTo(image.layers().subList(0, 3));
        assertThat(image.layers()).as("and the cache").hasSize(4);
    }

    private static Path written(Image plan) throws IOException {
        Path tar = work.resolve("second.tar");
        String _ = ImageTar.write(plan, tar, work.resolve("cache"));
        return tar;
    }

    @Test
    void anImageIsMadeOfNothingWhereTheAgentIsNotBuilt() {
        AgentBuild nothing = new AgentBuild(work.resolve("empty"), Path.of("/"), "0.0.0", work.resolve("nothing"));
        assertThatThrownBy(() -> nothing.parts(false))
                .isInstanceOf(BuildFailure.class)
                .hasMessageEndingWith("mvnw -DskipTests package");
    }

    /// As releases are built; here the base is an image in a file.
    @Test
    void anImageOnAPublicBaseDoesNotStart() throws Exception {
        Path file = work.resolve("base.tar");
        var _ = Jib.fromScratch()
                .addFileEntriesLayer(ImageTar.entries(new Layer("base", parts.base())))
                .containerize(Containerizer.to(TarImage.at(file).named("base:1"))
                        .setOfflineMode(true)
                        .setBaseImageLayersCache(work.resolve("base-cache"))
                        .setApplicationLayersCache(work.resolve("base-cache")));
        Image plan = build.image(AgentImage.ROOT, parts.on("tar://" + file));
        UnpackedImage released = UnpackedImage.of(written(plan), work.resolve("released"));
        assertThat(released.layers()).hasSize(4);
        List<String> version = new ArrayList<>(released.entryPoint());
        version.add(1, "-XX:AOTMode=on");
        version.add("--version");
        Command.Result said =
                Command.run(container(released.root(), AgentImage.ROOT).command(version));
        assertThat(said.ok()).as(said.output()).isTrue();
    }

    private static Container container(Path root, int user) {
        return new Container(root, user, Map.of("LC_ALL", "C.UTF-8"), List.of());
    }

    /// The agent's containers of one replica, whose data root is an empty volume.
    private record Replica(UnpackedImage image, String connection, String container, String name) {
        Path data() {
            return work.resolve(name);
        }

        private ChildProcess start(String command, Map<String, String> more) throws IOException {
            Path data = Files.createDirectories(data());
            Map<String, String> environment = new HashMap<>(more);
            for (String variable : image.environment()) {
                environment.put(variable.split("=", 2)[0], variable.split("=", 2)[1]);
            }
            environment.put("AZURE_STORAGE_CONNECTION_STRING", connection);
            environment.put("JELLYKEEP_CONTAINER", container);
            environment.put("JELLYFIN_DATA_DIR", data.toString());
            environment.put("JELLYKEEP_MANAGEMENT_PORT", "0");
            List<String> program = new ArrayList<>(image.entryPoint());
            program.add(command);
            List<String> entered =
                    new Container(image.root(), image.user(), environment, List.of(data)).command(program);
            return ChildProcess.start(work.resolve("logs"), name + "-" + command, entered, Map.of());
        }

        void restored() throws IOException {
            try (ChildProcess restore = start("restore", Map.of("JELLYKEEP_APP_HEALTH_URL", "none"))) {
                assertThat(restore.awaitExit(BOUND)).as(restore.output()).isZero();
            }
        }

        ChildProcess running(String healthUrl) throws IOException {
            return start("run", Map.of("JELLYKEEP_APP_HEALTH_URL", healthUrl, "JELLYKEEP_POLL", "1s"));
        }
    }
}
