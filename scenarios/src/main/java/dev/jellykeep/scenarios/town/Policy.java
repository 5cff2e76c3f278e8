package dev.jellykeep.scenarios.town;

import java.util.ArrayList;
import java.util.List;

/// A policy as a family would write it.
///
/// @param spec further lines of YAML below `spec`, without indentation
public record Policy(List<String> spec) {
    public static final String NAMESPACE = "media";
    public static final String NAME = "family";

    /// The smallest one, with a short initial delay.
    public static Policy small() {
        return new Policy(List.of("initialDelay: 5s", "interval: 1m"));
    }

    public Policy with(String line) {
        var all = new ArrayList<>(spec);
        all.add(line);
        return new Policy(all);
    }

    String yaml(String accountUrl, String container) {
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  containerApp: {resourceId: %s}
                  storage: {accountUrl: "%s", container: %s}
                """.formatted(NAME, NAMESPACE, Ids.APP, accountUrl, container)
                + String.join("", spec.stream().map(line -> "  " + line + "\n").toList());
    }

    static String scope(String accountUrl, String container) {
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: ContainerAppScope
                metadata: {name: media}
                spec:
                  namespaces: [%s]
                  resourceIdPrefixes: [%s]
                  storagePrefixes: ["%s/%s"]
                  identities: [%s]
                """.formatted(NAMESPACE, Ids.GROUP, accountUrl, container, Ids.IDENTITY);
    }
}
