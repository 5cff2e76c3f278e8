package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Values, their schema and their table say the same.
class ChartValuesTest {
    private static final Path README = Chart.FOLDER.resolve("README.md");
    private static final Pattern TABLE = Pattern.compile("\\| value \\|.*\n(\\|.*\n)*");

    @Test
    void theSchemaKnowsTheValuesAndNoOthers() throws IOException {
        JsonNode schema = new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
        Set<String> known = new TreeSet<>();
        leaves(schema, "", known);
        // Helm gives it to each chart that is part of another one
        known.remove("global");
        assertThat(known)
                .containsExactlyInAnyOrderElementsOf(
                        ChartValues.read().stream().map(ChartValues::name).toList());
    }

    private static void leaves(JsonNode schema, String prefix, Set<String> names) {
        assertThat(schema.path("additionalProperties").asBoolean(true))
                .as("a misspelt value below '%s' would be overlooked", prefix)
                .isFalse();
        schema.path("properties").properties().forEach(each -> {
            if (each.getValue().has("properties")) {
                leaves(each.getValue(), prefix + each.getKey() + ".", names);
            } else {
                names.add(prefix + each.getKey());
            }
        });
    }

    @Test
    void theReadmeListsEachValue() throws IOException {
        List<ChartValues> values = ChartValues.read();
        assertThat(values).isNotEmpty().noneMatch(each -> each.means().isEmpty());
        String page = Files.readString(README);
        String made = TABLE.matcher(page)
                .replaceFirst(
                        found -> ChartValues.table(values).replace("\\", "\\\\").replace("$", "\\$"));
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.writeString(README, made);
        }
        assertThat(Files.readString(README))
                .as("the table in README.md differs from values.yaml: run tools/update-docs")
                .contains(ChartValues.table(values))
                .isEqualTo(made);
    }
}
