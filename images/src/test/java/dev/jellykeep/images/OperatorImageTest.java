package dev.jellykeep.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorImageTest {
    @TempDir
    static Path work;

    private static Path tree;
    private static UnpackedImage image;

    @BeforeAll
    static void build() throws IOException {
        tree = Path.of("..").toAbsolutePath().normalize();
        Path jdk = Path.of(System.getProperty("java.home"));
        Path agents = Files.createDirectories(work.resolve("agent"));
        List<Entry> base = new AgentBuild(tree, jdk, "0.0.0", agents).base();
        OperatorBuild build =
                new OperatorBuild(tree, jdk, "0.0.0", base, Files.createDirectories(work.resolve("operator")));
        Path tar = work.resolve("operator.tar");
        String _ = ImageTar.write(build.image(build.parts(true)), tar, work.resolve("cache"));
        image = UnpackedImage.of(tar, work.resolve("unpacked"));
    }

    @AfterAll
    static void end() {
        ChildProcess.closeAll();
    }

    @Test
    void theImagesOperatorProtectsNobodyAlthoughTheBuildsDoes() throws IOException {
        Path volume = Files.createDirectories(work.resolve("volume"));
        Files.setPosixFilePermissions(volume, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> program = new ArrayList<>(image.entryPoint());
        program.add("run");
        String said = new OperatorPlay(tree, volume).play(image.root(), program, Map.of("LC_ALL", "C.UTF-8"));
        assertThat(said).contains("TemplatePatched").doesNotContain("NoClassDefFoundError", "ClassNotFoundException");
    }

    @Test
    void anOperatorThatIsRootOrStartsSlowly() throws IOException {
        assertThat(image.user()).isEqualTo(OperatorImage.NONROOT);
        assertThat(image.layers()).hasSize(5);
        List<String> help = new ArrayList<>(image.entryPoint());
        help.add(1, "-XX:AOTMode=on");
        help.add("--help");
        List<String> command =
                new Container(image.root(), image.user(), Map.of("LC_ALL", "C.UTF-8"), List.of()).command(help);
        Command.Result result = Command.run(command);
        assertThat(result.ok()).as(result.output()).isTrue();
        assertThat(result.output()).contains("run").doesNotContain("WARNING");
    }
}
