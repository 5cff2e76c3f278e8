package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.json.MergePatch;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Patches merge as RFC 7396 says, whatever they hold: here and over HTTP. `-Dseed=42` runs one seed.
class PatchPropertiesTest {
    private static final String[] NAMES = {"a", "b", "c", "list"};

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 200) : LongStream.of(only);
    }

    static LongStream fewSeeds() {
        return seeds().limit(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "->",
            value = {
                "{\"a\":\"b\"} -> {\"a\":\"c\"} -> {\"a\":\"c\"}",
                "{\"a\":\"b\"} -> {\"b\":\"c\"} -> {\"a\":\"b\",\"b\":\"c\"}",
                "{\"a\":\"b\"} -> {\"a\":null} -> {}",
                "{\"a\":[\"b\"]} -> {\"a\":\"c\"} -> {\"a\":\"c\"}",
                "{\"a\":{\"b\":\"c\"}} -> {\"a\":{\"b\":\"d\",\"c\":null}} -> {\"a\":{\"b\":\"d\"}}",
                "{\"a\":[{\"b\":\"c\"}]} -> {\"a\":[1]} -> {\"a\":[1]}",
                "{\"e\":null} -> {\"a\":1} -> {\"e\":null,\"a\":1}",
                "{} -> {\"a\":{\"bb\":{\"ccc\":null}}} -> {\"a\":{\"bb\":{}}}",
            })
    void the_examples_of_the_rfc_hold(String target, String patch, String result) {
        assertThat(MergePatch.apply(Json.object(target), Json.object(patch))).isEqualTo(Json.object(result));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothing_that_a_patch_does_not_name_is_lost(long seed) {
        var random = new Random(seed);
        var target = tree(random, 3, false);
        var patch = tree(random, 3, true);
        var before = target.deepCopy();
        var result = MergePatch.apply(target, patch);
        assertThat(flat(result)).isEqualTo(expected(target, patch));
        assertThat(MergePatch.apply(result, patch)).isEqualTo(result);
        assertThat(target).isEqualTo(before);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("fewSeeds")
    void unknown_members_survive_any_sequence_of_patches_over_http(long seed) {
        var random = new Random(seed);
        try (var town = Town.serving()) {
            town.apps.off(Quirk.THROTTLING);
            JsonNode unknown = Json.object();
            for (var step = 0; step < 12; step++) {
                var change = tree(random, 3, true);
                var patch = Json.object();
                Json.section(patch, "properties", "configuration").set("unknown", change);
                if (random.nextBoolean()) {
                    var more = Json.object(town.newImage("jellyfin:" + random.nextInt(3)));
                    patch = MergePatch.apply(patch, more);
                }
                assertThat(town.patch(patch.toString()).status()).isEqualTo(202);
                town.advance(Duration.ofMinutes(1));
                unknown = MergePatch.apply(unknown, change);
                assertThat(town.properties().at("/configuration/unknown")).isEqualTo(unknown);
                assertThat(town.text("template", "terminationGracePeriodSeconds"))
                        .isEmpty();
                assertThat(town.properties().at("/template/volumes")).hasSize(2);
            }
        }
    }

    @Test
    void a_null_inside_an_array_is_data_and_removes_nothing() {
        var result = MergePatch.apply(Json.object("{\"a\":[{\"b\":1}]}"), Json.object("{\"a\":[{\"c\":null}]}"));
        assertThat(result).isEqualTo(Json.object("{\"a\":[{\"c\":null}]}"));
    }

    /// The leaves that must be there: the patch's, and the target's below no name that the patch replaces. Objects that
    /// were emptied count as leaves.
    private static Map<String, String> expected(ObjectNode target, ObjectNode patch) {
        var leaves = new TreeMap<String, String>();
        expect(leaves, "", target, patch);
        return leaves;
    }

    private static void expect(Map<String, String> into, String at, ObjectNode target, ObjectNode patch) {
        var any = false;
        for (var member : target.properties()) {
            if (!patch.has(member.getKey())) {
                leaves(into, at + "/" + member.getKey(), member.getValue());
                any = true;
            }
        }
        for (var change : patch.properties()) {
            var path = at + "/" + change.getKey();
            if (change.getValue().isNull()) {
                continue;
            }
            any = true;
            if (change.getValue() instanceof ObjectNode deeper) {
                var there = target.path(change.getKey()) instanceof ObjectNode object ? object : Json.object();
                expect(into, path, there, deeper);
            } else {
                into.put(path, change.getValue().toString());
            }
        }
        if (!any) {
            into.put(at, "{}");
        }
    }

    private static Map<String, String> flat(JsonNode tree) {
        var leaves = new TreeMap<String, String>();
        leaves(leaves, "", tree);
        return leaves;
    }

    private static void leaves(Map<String, String> into, String at, JsonNode node) {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            object.properties().forEach(member -> leaves(into, at + "/" + member.getKey(), member.getValue()));
        } else {
            into.put(at, node.toString());
        }
    }

    private static ObjectNode tree(RandomGenerator random, int depth, boolean nulls) {
        var tree = Json.object();
        for (var name : NAMES) {
            switch (random.nextInt(nulls ? 6 : 5)) {
                case 0 -> tree.put(name, random.nextInt(3));
                case 1 -> tree.put(name, "text" + random.nextInt(3));
                case 2 -> {
                    if (depth > 0) {
                        tree.set(name, tree(random, depth - 1, nulls));
                    }
                }
                case 3 -> tree.putArray(name).add(random.nextInt(3)).add(tree(random, 0, nulls));
                case 5 -> tree.putNull(name);
                default -> tree.remove(name);
            }
        }
        return tree;
    }
}
