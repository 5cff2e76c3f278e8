package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alerts and dashboard by Prometheus' own tool, and against the figures that the operator really has.
class AlertsTest {
    private static final Tool PROMTOOL = new Tool("promtool", "promtool");
    private static final Path TESTS = Path.of("src/test/resources/chart/alerts-test.yaml");
    private static final Path RUNBOOKS = Path.of("../docs/alerts.md");

    private static ObjectNode spec() {
        return (ObjectNode) Chart.render(Chart.MONITORED).only("PrometheusRule").path("spec");
    }

    private static List<ObjectNode> rules(JsonNode spec) {
        List<ObjectNode> rules = new ArrayList<>();
        for (JsonNode group : spec.path("groups")) {
            group.path("rules").forEach(each -> rules.add((ObjectNode) each));
        }
        return rules;
    }

    private static Tool.Ended promtool(Path folder, String... words) {
        return PROMTOOL.run(folder, Map.of(), List.of(words));
    }

    private static void write(Path folder, JsonNode spec) throws IOException {
        new YAMLMapper().writeValue(folder.resolve("rules.yaml").toFile(), spec);
    }

    @Test
    void eachAlertIsQuietJustBeforeAndLoudJustAfter(@TempDir Path folder) throws IOException {
        ObjectNode spec = spec();
        // promtool compares them letter by letter, and they are for people
        rules(spec).forEach(each -> each.remove("annotations"));
        write(folder, spec);
        Files.copy(TESTS, folder.resolve("alerts-test.yaml"));
        Tool.Ended ended = promtool(folder, "test", "rules", "alerts-test.yaml");
        assertThat(ended.code()).as(ended.all()).isZero();

        Set<String> quiet = new TreeSet<>();
        Set<String> loud = new TreeSet<>();
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            test.path("alert_rule_test")
                    .forEach(each -> (each.has("exp_alerts") ? loud : quiet)
                            .add(each.path("alertname").asText()));
        }
        assertThat(quiet).isEqualTo(loud);
        assertThat(rules(spec))
                .extracting(each -> each.path("alert").asText())
                .containsExactlyInAnyOrderElementsOf(loud);
    }

    @Test
    void whatPeopleReadIsWellFormed(@TempDir Path folder) throws IOException {
        write(folder, spec());
        Tool.Ended ended = promtool(folder, "check", "rules", "--lint=all", "--lint-fatal", "rules.yaml");
        assertThat(ended.code()).as(ended.all()).isZero();

        Files.copy(Chart.FOLDER.resolve("alerts.yaml"), folder.resolve("alerts.yaml"));
        assertThat(promtool(folder, "check", "rules", "alerts.yaml").code())
                .as("for whoever has no Prometheus operator")
                .isZero();
    }

    @Test
    void eachAlertHasARunbookOfItsOwn() throws IOException {
        List<String> sections = Files.readAllLines(RUNBOOKS).stream()
                .filter(each -> each.startsWith("## Jellykeep"))
                .map(each -> each.substring("## ".length()))
                .toList();
        List<ObjectNode> rules = rules(spec());
        assertThat(rules).extracting(each -> each.path("alert").asText()).containsExactlyElementsOf(sections);
        assertThat(rules).allSatisfy(each -> {
            String name = each.path("alert").asText().toLowerCase(Locale.ROOT);
            assertThat(each.at("/annotations/runbook_url").asText()).endsWith("/docs/alerts.md#" + name);
            assertThat(each.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(each.at("/annotations/description").asText()).isNotEmpty();
            assertThat(each.at("/labels/severity").asText()).isIn("critical", "warning", "info");
        });
    }

    @Test
    void anAlertCanBeLeftOut() {
        JsonNode spec = Chart.render(
                        Chart.MONITORED,
                        "--set",
                        "monitoring.disabledAlerts={JellykeepNoLeader},monitoring.runbooks=https://wiki.example/jellykeep")
                .only("PrometheusRule")
                .path("spec");
        assertThat(rules(spec))
                .hasSize(rules(spec()).size() - 1)
                .noneMatch(each -> each.path("alert").asText().equals("JellykeepNoLeader"))
                .allMatch(each -> each.at("/annotations/runbook_url")
                        .asText()
                        .startsWith("https://wiki.example/jellykeep#jellykeep"));
    }

    @Test
    void rulesTestsAndDashboardNameFiguresThatThereAre(@TempDir Path folder) throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Chart.render(Chart.MONITORED)
                        .only("ConfigMap")
                        .at("/data/jellykeep.json")
                        .asText());
        List<String> queries = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            panel.path("targets").forEach(each -> queries.add(each.path("expr").asText()));
        }
        assertThat(queries).isNotEmpty();
        Figures figures = Figures.documented();
        queries.forEach(figures::check);
        dashboard
                .at("/templating/list")
                .forEach(each -> figures.check(each.path("query").asText()));
        rules(spec()).forEach(each -> figures.check(each.path("expr").asText()));
        for (JsonNode test : new YAMLMapper().readTree(TESTS.toFile()).path("tests")) {
            test.path("input_series")
                    .forEach(each -> figures.check(each.path("series").asText()));
        }

        // Prometheus' own parser
        ObjectNode spec = new ObjectMapper().createObjectNode();
        var rules = spec.putArray("groups").addObject().put("name", "dashboard").putArray("rules");
        for (int i = 0; i < queries.size(); i++) {
            rules.addObject().put("record", "panel:" + i).put("expr", queries.get(i));
        }
        write(folder, spec);
        Tool.Ended ended = promtool(folder, "check", "rules", "rules.yaml");
        assertThat(ended.code()).as(ended.all()).isZero();
    }

    @Test
    void panelsDoNotCoverEachOther() throws IOException {
        Set<String> taken = new TreeSet<>();
        for (JsonNode panel : new ObjectMapper()
                .readTree(Chart.FOLDER.resolve("dashboard.json").toFile())
                .path("panels")) {
            JsonNode at = panel.path("gridPos");
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(x).isLessThan(24);
                    assertThat(taken.add(x + "," + y))
                            .as("%s at %s", panel.path("title"), at)
                            .isTrue();
                }
            }
        }
    }
}
