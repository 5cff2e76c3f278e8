package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.operator.desired.PolicyName;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Map;
import java.util.regex.Pattern;

/// What a policy is called. Without a namespace it is in `default`, as with `kubectl`.
record Metadata(PolicyName name, Map<String, String> annotations) {
    /// RFC 1123, as Kubernetes checks it.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_NAMESPACE = 63;

    static ParsedText<Metadata> read(JsonNode written) {
        ObjectMeta meta;
        try {
            meta = Documents.as(written, ObjectMeta.class);
        } catch (IllegalStateException e) {
            return ParsedText.bad("metadata isn't as Kubernetes knows it: write {name: …, namespace: …}");
        }
        if (meta == null || meta.getName() == null) {
            return ParsedText.bad("metadata.name: Required value: write the policy's name");
        }
        if (!meta.getAdditionalProperties().isEmpty()) {
            return ParsedText.bad("metadata."
                    + meta.getAdditionalProperties().keySet().iterator().next() + ": unknown field: take it out");
        }
        if (!fits(NAME, LONGEST_NAME, meta.getName())) {
            return ParsedText.bad("metadata.name: Invalid value: \"" + meta.getName()
                    + "\": write lower-case letters, digits, hyphens and dots");
        }
        String namespace = meta.getNamespace() == null ? "default" : meta.getNamespace();
        if (!fits(NAMESPACE, LONGEST_NAMESPACE, namespace)) {
            return ParsedText.bad("metadata.namespace: Invalid value: \"" + namespace
                    + "\": write lower-case letters, digits and hyphens");
        }
        return ParsedText.ok(new Metadata(
                new PolicyName(namespace, meta.getName()),
                meta.getAnnotations() == null ? Map.of() : meta.getAnnotations()));
    }

    private static boolean fits(Pattern pattern, int longest, String text) {
        return text.length() <= longest && pattern.matcher(text).matches();
    }
}
