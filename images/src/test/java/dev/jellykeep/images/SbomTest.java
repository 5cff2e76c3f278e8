package dev.jellykeep.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who looks for a library with a known weakness finds it in an image's bill of materials, if it is in the image.
class SbomTest {
    private static final Path TREE = Path.of("..").toAbsolutePath().normalize();
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    @TempDir
    Path work;

    private JsonNode bill(String program) throws IOException {
        Image image = new Image(
                "ghcr.io/jellykeep/" + program + ":0.1.0",
                Optional.empty(),
                "amd64",
                0,
                List.of(),
                Map.of(),
                Map.of(),
                List.of());
        Path libraries = TREE.resolve(program + "/target/libraries.json");
        if (!Files.exists(libraries) && !"true".equals(System.getenv("CI"))) {
            String why = libraries + " is missing, which an offline build does not make";
            System.err.println("SKIPPED: " + why);
            abort(why);
        }
        Path to = work.resolve(program + ".sbom.json");
        List<Sbom.Part> parts = new ArrayList<>(DebianBase.parts());
        parts.add(Sbom.java("somebody", "25.0.1+8"));
        Sbom.write(libraries, image, DIGEST, parts, to);
        return new JsonMapper().readTree(to.toFile());
    }

    /// As `artifact:version`.
    private static List<String> components(JsonNode bill) {
        List<String> found = new ArrayList<>();
        bill.path("components")
                .forEach(each -> found.add(
                        each.path("name").asText() + ":" + each.path("version").asText()));
        return found;
    }

    @Test
    void everyLibraryInTheAgentsJarIsNamed() throws IOException {
        List<String> inside = new ArrayList<>();
        try (ZipFile jar =
                new ZipFile(TREE.resolve("agent/target/jellykeep.jar").toFile())) {
            for (ZipEntry entry : jar.stream()
                    .filter(each -> each.getName().endsWith("/pom.properties"))
                    .toList()) {
                Properties properties = new Properties();
                properties.load(jar.getInputStream(entry));
                inside.add(properties.getProperty("artifactId") + ":" + properties.getProperty("version"));
            }
        }
        assertThat(inside).hasSizeGreaterThan(10);
        assertThat(components(bill("agent"))).containsAll(inside);
    }

    @Test
    void everyJarInTheOperatorsImageIsNamed() throws IOException {
        List<String> jars = new ArrayList<>();
        for (String each : Files.readString(TREE.resolve("operator/target/run.classpath"))
                .strip()
                .split(":", -1)) {
            Path jar = Path.of(each);
            if (!jar.startsWith(TREE)) {
                jars.add(jar.getFileName().toString());
            }
        }
        assertThat(jars).hasSizeGreaterThan(30);
        List<String> named = components(bill("operator")).stream()
                .map(each -> each.replace(':', '-') + ".jar")
                .toList();
        assertThat(named).containsAll(jars);
    }

    @Test
    void theBaseAndTheRuntimeAreNamedAndTheImageIsItsSubject() throws IOException {
        JsonNode bill = bill("agent");
        assertThat(bill.at("/metadata/component/version").asText()).isEqualTo(DIGEST);
        assertThat(components(bill))
                .contains("Java runtime of somebody:25.0.1+8")
                .anyMatch(each -> each.startsWith("libc6:2."));
        List<String> known =
                new ArrayList<>(List.of(bill.at("/metadata/component/bom-ref").asText()));
        bill.path("components").forEach(each -> known.add(each.path("bom-ref").asText()));
        bill.path("dependencies")
                .forEach(each -> assertThat(known).contains(each.path("ref").asText()));
    }
}
