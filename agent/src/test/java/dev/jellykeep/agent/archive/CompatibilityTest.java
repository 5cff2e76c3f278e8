package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.jellykeep.agent.fixture.OddTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// With tar and gzip alone the data come back, and what the tools of the old scripts wrote is read completely.
class CompatibilityTest {
    @TempDir
    Path folder;

    private Path root = Path.of("");

    @BeforeEach
    void grow() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        Files.createDirectories(root.resolve("data/metadata/empty"));
        Files.write(root.resolve("data/jellyfin.db"), new byte[300_000]);
        Files.writeString(root.resolve("data/.hidden"), "hidden");
        Files.writeString(root.resolve("data/empty"), "");
        Files.writeString(root.resolve("data/ünïcödé 日本語 🎬"), "odd");
        Files.writeString(root.resolve("data/-dash"), "odd");
        Files.createDirectories(root.resolve("d".repeat(120) + "/" + "e".repeat(120) + "/" + "f".repeat(200)));
        Files.writeString(root.resolve("d".repeat(120) + "/" + "e".repeat(120) + "/" + "g".repeat(250)), "deep");
        Files.createSymbolicLink(root.resolve("data/link"), Path.of("metadata/empty"));
    }

    static Stream<Arguments> readers() {
        return Stream.of(
                Arguments.of("tar", "tar -xzf $A -C $T"),
                Arguments.of("bsdtar", "bsdtar -xzf $A -C $T"),
                Arguments.of("python3", "python3 -m tarfile -e $A $T"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    void anArchiveOpensWithWhatIsAtHand(String tool, String command) throws Exception {
        require(tool);
        try (var out = Files.newOutputStream(folder.resolve("archive"))) {
            TreeArchive.write(root, folder, out);
        }
        run("gzip -t < $A");
        Path target = Files.createDirectory(folder.resolve("target"));
        run(command);
        assertThat(Files.size(target.resolve(".jellykeep/archive.json"))).isPositive();
        assertThat(Files.size(target.resolve(".jellykeep/manifest.json"))).isPositive();
        run("rm -r $T/.jellykeep");
        assertThat(OddTrees.content(target)).isEqualTo(OddTrees.content(root));
    }

    static Stream<Arguments> writers() {
        return Stream.of(
                Arguments.of("tar", "tar -czf $A -C $R ."),
                Arguments.of("tar", "tar --format=gnu -czf $A -C $R ."),
                Arguments.of("tar", "tar --format=posix -czf $A -C $R ."),
                Arguments.of("tar", "tar --format=posix --pax-option=globexthdr.name=g,comment=hello -czf $A -C $R ."),
                Arguments.of("tar", "tar -b 512 -czf $A -C $R ."),
                Arguments.of("tar", "tar -czf $A -C $R $(cd $R && echo *)"),
                Arguments.of("tar", "tar -cf - -C $R . | gzip -9 > $A"),
                Arguments.of(
                        "tar",
                        "tar -cf $A.tar -C $R . && split -b 100000 $A.tar $A.p && for p in $A.p*; do gzip -c $p; done > $A"),
                Arguments.of("pigz", "tar -cf - -C $R . | pigz -b 128 > $A"),
                Arguments.of("pigz", "tar -cf - -C $R . | pigz -i -b 128 > $A"),
                Arguments.of("bsdtar", "bsdtar -czf $A -C $R ."),
                Arguments.of("bsdtar", "bsdtar --format=pax -czf $A -C $R ."),
                Arguments.of("python3", "cd $R && python3 -m tarfile -c $A.tar.gz . && mv $A.tar.gz $A"),
                Arguments.of(
                        "python3",
                        "cd $R && python3 -c 'import sys,tarfile; t=tarfile.open(sys.argv[1],\"w:gz\",format=tarfile.GNU_FORMAT); t.add(\".\"); t.close()' $A"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("writers")
    void whatOtherToolsWroteIsReadCompletely(String tool, String command) throws Exception {
        require(tool);
        run(command);
        SortedMap<String, String> content = OddTrees.content(root);
        Path target = folder.resolve("target");
        Extracted extracted = TreeArchive.extract(folder.resolve("archive"), target, folder.resolve("seen"));
        assertThat(extracted.header()).isNull();
        assertThat(OddTrees.content(target)).isEqualTo(content);
    }

    @Test
    void ofAnOldArchivesOwnFolderNothingIsTaken() throws Exception {
        require("tar");
        Files.createDirectories(root.resolve(".jellykeep/deep"));
        Files.writeString(root.resolve(".jellykeep/replica.json"), "{}");
        run("tar -czf $A -C $R .");
        Path target = folder.resolve("target");
        TreeArchive.extract(folder.resolve("archive"), target, folder.resolve("seen"));
        assertThat(target.resolve(".jellykeep")).doesNotExist();
        assertThat(target.resolve("data/.hidden")).hasContent("hidden");
    }

    /// In CI the tools that everybody has must be there; elsewhere a missing one is said loudly.
    private static void require(String tool) throws Exception {
        boolean there =
                new ProcessBuilder("sh", "-c", "command -v " + tool).start().waitFor() == 0;
        if ("true".equals(System.getenv("CI")) && tool.equals("tar")) {
            assertThat(there).as("tar is needed in CI").isTrue();
        }
        if (!there) {
            System.err.println("NOT TESTED: compatibility with " + tool + ", which is not installed");
        }
        assumeTrue(there, () -> tool + " is not installed");
    }

    private void run(String command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of("sh", "-ec", command));
        builder.environment().put("A", folder.resolve("archive").toString());
        builder.environment().put("R", root.toString());
        builder.environment().put("T", folder.resolve("target").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        Path log = folder.resolve("log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(command).isTrue();
        assertThat(process.exitValue())
                .as("%s: %s", command, Files.readString(log))
                .isZero();
    }
}
