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
    private static final Path REFERENCE = Path.of("../docs/reference/policy.md");

    @Test
    void the_committed_crds_are_those_of_the_records(@TempDir Path work) throws IOException {
        Map<String, String> made = CrdFiles.make(work);
        assertThat(made).hasSize(2);
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.createDirectories(FOLDER);
            for (var each : made.entrySet()) {
                Files.writeString(FOLDER.resolve(each.getKey()), each.getValue());
            }
        }
        assertThat(committed())
                .as("crds/ differs from the records: run tools/update-docs")
                .isEqualTo(made);
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

    private static Map<String, String> committed() throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path each : files.toList()) {
                found.put(each.getFileName().toString(), Files.readString(each));
            }
        }
        return found;
    }
}
