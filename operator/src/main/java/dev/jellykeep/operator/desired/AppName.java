package dev.jellykeep.operator.desired;

import java.util.List;

/// Names the app in commands that people copy.
record AppName(String id, String subscription, String group, String name) {
    private static final String API_VERSION = "2025-01-01";

    /// Takes an id that `AppResourceId` has accepted, in any case.
    static AppName of(String id) {
        String[] parts = id.split("/", -1);
        return new AppName(id, parts[2], parts[4], parts[8]);
    }

    /// `az containerapp VERB … MORE`.
    String az(String verb, String more) {
        return "az containerapp %s --subscription %s -g %s -n %s%s"
                .formatted(verb, subscription, ShellWord.of(group), name, more.isEmpty() ? "" : " " + more);
    }

    /// For sentences.
    @Override
    public String toString() {
        return "app " + name;
    }

    /// For what the command line has no option for.
    ///
    /// @param change what to do to the file, beginning with a verb
    String edit(String change) {
        return "%s -o yaml > app.yaml, then %s, then %s"
                .formatted(az("show", ""), change, az("update", "--yaml app.yaml"));
    }

    /// Sends a part of the app as it stands. `az resource update` would send all of it back, secrets
    /// without values included.
    String patch(String body) {
        return "az rest --method patch --url '%s?api-version=%s' --body %s"
                .formatted(id, API_VERSION, ShellWord.of(body));
    }

    static String quoted(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
