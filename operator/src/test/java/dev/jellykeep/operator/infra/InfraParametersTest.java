package dev.jellykeep.operator.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody can set is set, and said.
class InfraParametersTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (?:`([^`]*)`|[^|]*) \\| ");

    private static List<Syntax.Parameter> parameters(String module) throws IOException {
        Path file = Azd.INFRA.resolve(module + ".bicep");
        List<Syntax.Parameter> parameters = new ArrayList<>();
        for (Syntax.Statement each : Parser.parse(file.toString(), Files.readString(file))) {
            if (each instanceof Syntax.Parameter parameter) {
                parameters.add(parameter);
            }
        }
        assertThat(parameters).isNotEmpty();
        return parameters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ground", "main"})
    void everyParameterCanBeSet(String module) throws IOException {
        assertThat(Azd.file(module).path("parameters").properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrderElementsOf(
                        parameters(module).stream().map(Syntax.Parameter::name).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ground", "main"})
    void aDefaultIsTheSameWithAndWithoutAzd(String module) throws IOException {
        JsonNode set = Azd.file(module).path("parameters");
        for (Syntax.Parameter each : parameters(module)) {
            Matcher variable =
                    Azd.VARIABLE.matcher(set.path(each.name()).path("value").asText());
            assertThat(variable.matches()).as(each.name()).isTrue();
            String byDefault = String.valueOf(
                    switch (each.byDefault()) {
                        case Syntax.Text(List<Object> parts) -> parts.getFirst();
                        case Syntax.Literal(Object value) -> value;
                        case null -> null;
                        default -> "something else";
                    });
            if (variable.group(2) != null) {
                assertThat(variable.group(2)).as(each.name()).isEqualTo(byDefault);
            }
        }
    }

    @Test
    void theReadmeNamesWhatCanBeSetWithItsDefaultAndNothingElse() throws IOException {
        List<String> documented = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Azd.INFRA.resolve("README.md")));
        while (row.find()) {
            documented.add(row.group(1) + "=" + (row.group(2) == null ? "" : row.group(2)));
        }
        Azd azd = new Azd(Map.of());
        azd.ground();
        azd.server();
        List<String> settable = new ArrayList<>();
        for (String module : List.of("ground", "main")) {
            Azd.file(module).path("parameters").properties().forEach(each -> {
                Matcher variable =
                        Azd.VARIABLE.matcher(each.getValue().path("value").asText());
                assertThat(variable.matches()).isTrue();
                String name = variable.group(1);
                boolean made = name.equals("AZURE_RESOURCE_GROUP")
                        || (azd.environment().containsKey(name) && !name.startsWith("AZURE_"));
                String line = name + "=" + (variable.group(2) == null ? "" : variable.group(2));
                if (!made && !settable.contains(line)) {
                    settable.add(line);
                }
            });
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(settable);
    }

    @Test
    void azdRunsTheLayersThatAreThere() throws IOException {
        JsonNode azure = new YAMLMapper().readTree(Path.of("..", "azure.yaml").toFile());
        assertThat(azure.at("/infra/layers")).hasSize(2).allSatisfy(layer -> {
            Path folder = Path.of("..").resolve(layer.path("path").asText());
            assertThat(folder.resolve(layer.path("module").asText() + ".bicep")).exists();
            assertThat(folder.resolve(layer.path("module").asText() + ".parameters.json"))
                    .exists();
        });
        assertThat(Azd.INFRA.resolve(
                        azure.at("/infra/layers/0/hooks/postprovision/run").asText()))
                .isExecutable();
    }
}
