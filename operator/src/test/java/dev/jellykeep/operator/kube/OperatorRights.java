package dev.jellykeep.operator.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.chart.Chart;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the chart grants, or all of it but one right.
public final class OperatorRights {
    public static final String NAMESPACE = "jellykeep";

    private final List<ObjectNode> documents;
    private final String account;

    private static @Nullable OperatorRights rendered;

    private OperatorRights(List<ObjectNode> documents, String account) {
        this.documents = documents;
        this.account = account;
    }

    /// As Helm renders it; aborts the test where Helm can't be had.
    public static synchronized OperatorRights all() {
        OperatorRights all = rendered;
        if (all == null) {
            all = new OperatorRights(Chart.rights(), "jellykeep-operator");
            rendered = all;
        }
        return all;
    }

    /// One verb on one resource.
    ///
    /// @param namespace empty: in all of them, and of what has none
    /// @param name empty: of any name
    public record Right(String group, String resource, String verb, String namespace, String name) {
        /// Whether it is for this. What a Role grants isn't counted for a ClusterRole, which would be too much for it.
        public boolean allows(AuditLog.Call call) {
            return group.equals(call.group())
                    && resource.equals(call.resource())
                    && verb.equals(call.verb())
                    && namespace.equals(call.namespace().equals(NAMESPACE) ? NAMESPACE : "")
                    && (name.isEmpty() || name.equals(call.name()));
        }

        @Override
        public String toString() {
            return verb + " " + resource + (group.isEmpty() ? "" : "." + group) + (name.isEmpty() ? "" : " " + name)
                    + (namespace.isEmpty() ? "" : " in " + namespace);
        }
    }

    /// Its service account, as the API server knows it.
    public String user() {
        return "system:serviceaccount:" + NAMESPACE + ":" + account;
    }

    /// Rule by rule, each by itself.
    public List<Right> rights() {
        List<Right> rights = new ArrayList<>();
        for (JsonNode document : documents) {
            String namespace = document.path("metadata").path("namespace").asText();
            for (JsonNode rule : document.path("rules")) {
                for (String group : texts(rule, "apiGroups")) {
                    for (String resource : texts(rule, "resources")) {
                        for (String verb : texts(rule, "verbs")) {
                            for (String name : rule.has("resourceNames") ? texts(rule, "resourceNames") : List.of("")) {
                                rights.add(new Right(group, resource, verb, namespace, name));
                            }
                        }
                    }
                }
            }
        }
        return rights;
    }

    /// The same without one, for an account of its own.
    ///
    /// @throws IllegalArgumentException if there is no rule with that verb
    public OperatorRights without(Right right) {
        String other = "without-" + Integer.toHexString(right.hashCode());
        boolean found = false;
        List<ObjectNode> fewer = new ArrayList<>();
        for (ObjectNode document : documents) {
            ObjectNode copy = document.deepCopy();
            for (var rules = copy.path("rules").elements(); rules.hasNext(); ) {
                JsonNode rule = rules.next();
                if (copy.path("metadata").path("namespace").asText().equals(right.namespace())
                        && texts(rule, "apiGroups").contains(right.group())
                        && texts(rule, "resources").equals(List.of(right.resource()))) {
                    ArrayNode verbs = (ArrayNode) rule.path("verbs");
                    int before = verbs.size();
                    List<String> left = texts(rule, "verbs").stream()
                            .filter(verb -> !verb.equals(right.verb()))
                            .toList();
                    verbs.removeAll();
                    left.forEach(verbs::add);
                    found |= left.size() < before;
                    if (left.isEmpty()) {
                        rules.remove();
                    }
                }
            }
            fewer.add(copy);
        }
        if (!found) {
            throw new IllegalArgumentException("no rule grants " + right + " alone");
        }
        return new OperatorRights(fewer, other);
    }

    /// As JSON.
    Stream<String> objects() {
        return documents.stream().map(this::named).map(ObjectNode::toString);
    }

    private ObjectNode named(ObjectNode document) {
        ObjectNode copy = document.deepCopy();
        ((ObjectNode) copy.path("metadata")).put("name", account);
        if (copy.path("roleRef") instanceof ObjectNode role) {
            role.put("name", account);
        }
        copy.path("subjects").forEach(each -> ((ObjectNode) each).put("name", account));
        return copy;
    }

    private static List<String> texts(JsonNode rule, String member) {
        List<String> texts = new ArrayList<>();
        rule.path(member).forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
