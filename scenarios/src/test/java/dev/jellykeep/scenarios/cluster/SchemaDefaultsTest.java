package dev.jellykeep.scenarios.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/// As an API server does it: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources.
class SchemaDefaultsTest {
    private static final String SCHEMA = """
            {"properties": {"spec": {"properties": {
              "interval": {"default": "15m"},
              "keep": {"default": {}, "properties": {"daily": {"default": 8}}},
              "storage": {"properties": {"probe": {"default": "Check"}}},
              "places": {"items": {"properties": {"kind": {"default": "Blob"}}}}}}}}
            """;

    @Test
    void what_somebody_wrote_is_never_replaced() throws Exception {
        assertFilled(
                "{'spec': {'interval': '1m', 'keep': {'daily': 0}}}",
                "{'spec': {'interval': '1m', 'keep': {'daily': 0}}}");
    }

    @Test
    void a_default_is_filled_with_the_defaults_inside_it() throws Exception {
        assertFilled("{'spec': {}}", "{'spec': {'interval': '15m', 'keep': {'daily': 8}}}");
    }

    @Test
    void an_object_that_is_absent_and_has_no_default_stays_absent() throws Exception {
        assertFilled("{}", "{}");
        assertFilled(
                "{'spec': {'storage': {}}}",
                "{'spec': {'storage': {'probe': 'Check'}, 'interval': '15m', 'keep': {'daily': 8}}}");
    }

    @Test
    void every_item_of_a_list_gets_its_defaults() throws Exception {
        assertFilled(
                "{'spec': {'places': [{}, {'kind': 'Folder'}]}}",
                "{'spec': {'places': [{'kind': 'Blob'}, {'kind': 'Folder'}], 'interval': '15m', 'keep': {'daily': 8}}}");
    }

    @Test
    void a_default_belongs_to_one_resource_alone() throws Exception {
        var schema = json(SCHEMA);
        SchemaDefaults.fill(json("{'spec': {}}"), schema);
        assertThat(schema).isEqualTo(json(SCHEMA));
    }

    private static void assertFilled(String written, String kept) throws Exception {
        var resource = json(written);
        SchemaDefaults.fill(resource, json(SCHEMA));
        assertThat(resource).isEqualTo(json(kept));
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text.replace('\'', '"'));
    }
}
