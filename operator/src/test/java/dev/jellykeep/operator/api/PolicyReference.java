package dev.jellykeep.operator.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `docs/reference/policy.md`: the CRDs as people read them.
final class PolicyReference {
    private static final String HEAD = """
            # Policies and scopes

            Made from the records in `operator/…/api` by `tools/update-docs`. Durations are written as Go does (`30s`, `15m`, `4h`; no days, larger units first, at most 999999h), sizes as
            Kubernetes quantities (`50Ki`, `1Gi`). What is refused is refused by the API server itself, with the sentence that is shown here.
            """;

    private PolicyReference() {}

    /// The page.
    ///
    /// @param crds contents of the CRD files, the policy's last
    static String print(List<String> crds) {
        var page = new StringBuilder(HEAD);
        for (var each : crds.reversed()) {
            var crd = Serialization.unmarshal(each, CustomResourceDefinition.class);
            var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
            page.append("\n## `").append(crd.getSpec().getNames().getKind()).append("`\n");
            part(page, "spec", schema.getProperties().get("spec"));
            part(page, "status", schema.getProperties().get("status"));
        }
        return page.toString();
    }

    private static void part(StringBuilder page, String name, @Nullable JSONSchemaProps schema) {
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        page.append("\n### ").append(name).append("\n\n| field | type | default | means |\n|---|---|---|---|\n");
        rows(page, "", schema);
        var rules = new StringBuilder();
        rules(rules, schema);
        if (!rules.isEmpty()) {
            page.append("\nRefused:\n").append(rules);
        }
    }

    private static void rows(StringBuilder page, String prefix, JSONSchemaProps schema) {
        var required = Objects.requireNonNullElse(schema.getRequired(), List.<String>of());
        schema.getProperties().forEach((name, each) -> {
            var path = prefix + name;
            page.append("| `").append(path).append("` | ").append(type(each)).append(" | ");
            page.append(required.contains(name) ? "required" : shown(each.getDefault()))
                    .append(" | ");
            page.append(Objects.requireNonNullElse(each.getDescription(), "")).append(" |\n");
            var items = each.getItems() == null ? null : each.getItems().getSchema();
            if (each.getProperties() != null) {
                rows(page, path + ".", each);
            } else if (items != null && items.getProperties() != null) {
                rows(page, path + "[].", items);
            }
        });
    }

    private static void rules(StringBuilder rules, JSONSchemaProps schema) {
        for (var each : Objects.requireNonNullElse(schema.getXKubernetesValidations(), List.<ValidationRule>of())) {
            rules.append("- ").append(each.getMessage()).append('\n');
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(each -> rules(rules, each));
        }
    }

    private static String type(JSONSchemaProps schema) {
        if (schema.getEnum() != null && !schema.getEnum().isEmpty()) {
            return schema.getEnum().stream()
                    .map(each -> "`" + each.asText() + "`")
                    .collect(Collectors.joining(" · "));
        }
        var items = schema.getItems() == null ? null : schema.getItems().getSchema();
        return items == null ? schema.getType() : "list of " + items.getType() + "s";
    }

    private static String shown(@Nullable JsonNode value) {
        return value == null || value.isObject() ? "" : "`" + value + "`";
    }
}
