package dev.jellykeep.operator.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrdFilesTest {
    private static final Path FOLDER = Path.of("../crds");
    /// Helm takes no file from outside of a chart.
    private static final Path OF_THE_CHART = Path.of("../charts/jellykeep/files/crds");

    private static final Path REFERENCE = Path.of("../docs/reference/policy.md");

    @Test
    void the_committed_crds_are_those_of_the_records(@TempDir Path work) throws IOException {
        Map<String, String> made = CrdFiles.make(work);
        assertThat(made).hasSize(2);
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            for (Path folder : List.of(FOLDER, OF_THE_CHART)) {
                Files.createDirectories(folder);
                for (var each : made.entrySet()) {
                    Files.writeString(folder.resolve(each.getKey()), each.getValue());
                }
            }
        }
        for (Path folder : List.of(FOLDER, OF_THE_CHART)) {
            assertThat(committed(folder))
                    .as("%s differs from the records: run tools/update-docs", folder)
                    .isEqualTo(made);
        }
    }

    @Test
    void the_committed_reference_is_that_of_the_records(@TempDir Path work) throws IOException {
        var made = PolicyReference.print(List.copyOf(CrdFiles.make(work).values()));
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.createDirectories(REFERENCE.getParent());
            Files.writeString(REFERENCE, made);
        }
        assertThat(REFERENCE).exists();
        assertThat(Files.readString(REFERENCE))
                .as("docs/reference/policy.md differs from the records: run tools/update-docs")
                .isEqualTo(made);
    }

    private static Map<String, String> committed(Path folder) throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path each : files.toList()) {
                found.put(each.getFileName().toString(), Files.readString(each));
            }
        }
        return found;
    }
}
