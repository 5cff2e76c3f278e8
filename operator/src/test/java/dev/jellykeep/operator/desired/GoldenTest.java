package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that people can read: apps and policies, and what is planned for them.
class GoldenTest {
    static Stream<Path> planned() {
        return Cases.files("planned");
    }

    static Stream<Path> refused() {
        return Cases.files("refused");
    }

    @ParameterizedTest
    @MethodSource("planned")
    void the_patch_is_the_one_in_the_file(Path folder) throws Exception {
        Plan.Patch patch = Cases.patch(input(folder));
        assertThat(Cases.wire(patch.body())).isEqualTo(Policies.read(folder.resolve("patch.json")));
        assertThat(Cases.wire(patch.shown())).isEqualTo(Policies.read(folder.resolve("shown.json")));
        assertThat(lines(patch)).isEqualTo(Files.readString(folder.resolve("says.txt")));
    }

    private static PlanInput input(Path folder) {
        Path environment = folder.resolve("environment.json");
        return Cases.input(
                Policies.read(folder.resolve("app.json")),
                Policies.spec(Policies.read(folder.resolve("policy.yaml")).path("spec")),
                Files.exists(environment) ? EnvironmentFacts.of(Policies.read(environment)) : Cases.CONSUMPTION,
                null);
    }

    private static String lines(Plan.Patch patch) {
        return Stream.concat(
                        patch.changes().stream().map(Change::sentence),
                        patch.warnings().stream().map(each -> each.reason().text() + ": " + each.message()))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void the_refusal_says_what_it_is_about_and_what_mends_it(Path file) {
        JsonNode given = Policies.read(file);
        assertThat(Planner.plan(refusedInput(given)))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusals())
                                .isEqualTo(given.path("refused")
                                        .valueStream()
                                        .map(each -> new Refusal(
                                                reason(each.path("reason").asText()),
                                                each.path("what").asText(),
                                                each.path("mend").asText()))
                                        .toList()));
    }

    /// `mended` is merged over the rest of the file.
    @ParameterizedTest
    @MethodSource("refused")
    void doing_what_the_refusal_says_mends_it(Path file) {
        JsonNode given = Policies.read(file);
        JsonNode mended = given.path("mended");
        if (!mended.isMissingNode()) {
            assertThat(Planner.plan(refusedInput(MergePatch.apply(given, mended))))
                    .isInstanceOf(Plan.Patch.class);
        }
    }

    static PlanInput refusedInput(JsonNode given) {
        return Cases.input(
                changed(Cases.app(), given.path("app")),
                Policies.spec(changed(Cases.spec(), given.path("spec"))),
                environment(given.path("environment")),
                given.has("data")
                        ? new StoredData(
                                given.at("/data/bytes").asLong(),
                                given.at("/data/largestDatabase").asLong())
                        : null);
    }

    private static JsonNode changed(JsonNode base, JsonNode change) {
        return change.isMissingNode() ? base : MergePatch.apply(base, change);
    }

    private static @Nullable EnvironmentFacts environment(JsonNode given) {
        if (given.isMissingNode()) {
            return Cases.CONSUMPTION;
        }
        return given.asText().equals("unreadable") ? null : EnvironmentFacts.of(given);
    }

    @Test
    void no_refusal_is_without_an_example() {
        Set<RefusalReason> shown = refused()
                .map(Policies::read)
                .flatMap(file -> file.path("refused").valueStream())
                .map(each -> reason(each.path("reason").asText()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RefusalReason.class)));
        assertThat(shown).containsExactly(RefusalReason.values());
    }

    private static RefusalReason reason(String text) {
        return List.of(RefusalReason.values()).stream()
                .filter(each -> each.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no reason " + text));
    }
}
