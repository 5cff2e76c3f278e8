package dev.jellykeep.scenarios.town;

import java.util.ArrayList;
import java.util.List;

/// A policy as a family would write it.
///
/// @param container of the app that runs Jellyfin, where it has several; empty: the only one
/// @param spec further lines of YAML below `spec`, without indentation
public record Policy(String container, List<String> spec) {
    public static final String NAMESPACE = "media";
    public static final String NAME = "family";

    /// The smallest one, with a short initial delay.
    public static Policy small() {
        return new Policy("", List.of("initialDelay: 5s", "interval: 1m"));
    }

    /// For lives that can't wait: just time enough to set a server up before its first backup.
    ///
    /// @param minutes between two backups
    public static Policy hurriedEvery(int minutes) {
        return new Policy("", List.of("initialDelay: 3s", "interval: " + minutes + "m"));
    }

    public Policy of(String jellyfinsContainer) {
        return new Policy(jellyfinsContainer, spec);
    }

    public Policy with(String line) {
        var all = new ArrayList<>(spec);
        all.add(line);
        return new Policy(container, all);
    }

    /// Its file.
    public String yaml(String accountUrl, String blobs) {
        var named = container.isEmpty() ? "" : ", container: " + container;
        return """
                apiVersion: jellykeep.dev/v1alpha1
                kind: JellyfinBackupPolicy
                metadata: {name: %s, namespace: %s}
                spec:
                  containerApp: {resourceId: %s%s}
                  storage: {accountUrl: "%s", container: %s}
                """.formatted(NAME, NAMESPACE, Ids.APP, named, accountUrl, blobs)
                + String.join("", spec.stream().map(line -> "  " + line + "\n").toList());
    }

    /// The scope that allows it, and no more.
    public static String scope(String accountUrl, String container) {
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
