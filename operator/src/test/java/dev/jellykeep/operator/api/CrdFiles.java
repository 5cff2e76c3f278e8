package dev.jellykeep.operator.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The CRDs, made from the records.
final class CrdFiles {
    /// The generator sorts them by their paths.
    private static final List<String> COLUMNS = List.of("Ready", "Protected", "Last Backup", "Next", "Revision", "Age");

    private static final long LONGEST_ITEM = 512;

    private CrdFiles() {}

    /// File names and contents.
    static Map<String, String> make(Path work) throws IOException {
        new CRDGenerator()
                .inOutputDir(work.toFile())
                .forCRDVersions("v1")
                .withParallelGenerationEnabled(false)
                .withPostProcessor(new Finish())
                .customResourceClasses(List.of(JellyfinBackupPolicy.class, ContainerAppScope.class))
                .generate();
        var files = new TreeMap<String, String>();
        try (Stream<Path> made = Files.list(work)) {
            for (Path each :
                    made.filter(file -> file.toString().endsWith(".yml")).toList()) {
                files.put(each.getFileName().toString().replace("-v1.yml", ".yaml"), Files.readString(each));
            }
        }
        return files;
    }

    /// What annotations can't say.
    private static final class Finish implements CRDPostProcessor {
        @Override
        public HasMetadata process(HasMetadata crd, String version) {
            if (crd instanceof CustomResourceDefinition definition) {
                for (var each : definition.getSpec().getVersions()) {
                    key(each.getSchema().getOpenAPIV3Schema());
                    unseen(each.getSchema().getOpenAPIV3Schema());
                    emptyPrefix(each.getSchema()
                            .getOpenAPIV3Schema()
                            .getProperties()
                            .get("spec"));
                    expand(each.getSchema().getOpenAPIV3Schema());
                    bounds(each.getSchema().getOpenAPIV3Schema().getProperties().get("spec"));
                    each.getAdditionalPrinterColumns()
                            .sort(Comparator.comparingInt(column -> COLUMNS.indexOf(column.getName())));
                }
            }
            return crd;
        }

        /// The API server checks a default as it is written, before it fills in those of its members.
        private static void expand(JSONSchemaProps schema) {
            for (var each : schema.getProperties().values()) {
                if (each.getProperties() == null) {
                    continue;
                }
                expand(each);
                if (each.getDefault() instanceof ObjectNode members) {
                    each.getProperties().forEach((name, member) -> {
                        if (member.getDefault() != null) {
                            members.set(name, member.getDefault());
                        }
                    });
                }
            }
        }

        /// The API server refuses rules over lists of strings without a bound. Of a status nothing is refused: what
        /// can't
        /// be written is not known to anybody.
        private static void bounds(@Nullable JSONSchemaProps schema) {
            if (schema == null || schema.getProperties() == null) {
                return;
            }
            for (var each : schema.getProperties().values()) {
                var items = each.getItems() == null ? null : each.getItems().getSchema();
                if (items != null && "string".equals(items.getType())) {
                    items.setMaxLength(LONGEST_ITEM);
                }
                bounds(each);
            }
        }

        /// The generator takes an empty default for none.
        private static void emptyPrefix(@Nullable JSONSchemaProps spec) {
            var storage = spec == null ? null : spec.getProperties().get("storage");
            var prefix = storage == null ? null : storage.getProperties().get("prefix");
            if (prefix != null) {
                prefix.setDefault(TextNode.valueOf(""));
            }
        }

        /// Tools that wait by kstatus take a resource without any status for done. So it has one from the first moment,
        /// of a generation that never is.
        private static void unseen(JSONSchemaProps schema) {
            var status = schema.getProperties().get("status");
            if (status != null
                    && status.getProperties() != null
                    && status.getProperties().containsKey("observedGeneration")) {
                status.setDefault(JsonNodeFactory.instance.objectNode().put("observedGeneration", -1));
            }
        }

        /// Two writers of different conditions don't overwrite each other's where the list has a key.
        private static void key(JSONSchemaProps schema) {
            var status = schema.getProperties().get("status");
            var conditions = status == null || status.getProperties() == null
                    ? null
                    : status.getProperties().get("conditions");
            if (conditions != null) {
                conditions.setXKubernetesListType("map");
                conditions.setXKubernetesListMapKeys(List.of("type"));
            }
        }
    }
}
