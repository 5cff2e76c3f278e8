package dev.jellykeep.operator.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sentences for files that people get wrong.
class PolicyFileTest {
    private static final String GOOD = """
            apiVersion: jellykeep.dev/v1alpha1
            kind: JellyfinBackupPolicy
            metadata: {name: family, namespace: media, annotations: {a: b}}
            spec:
              containerApp: {resourceId: /subscriptions/0/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin}
              storage: {accountUrl: "https://stfamily.blob.core.windows.net", container: jellyfin-backups}
            """;

    private static List<String> sentences(String text) {
        return PolicyFile.read(text) instanceof PolicyFile.Bad bad ? bad.sentences() : List.of();
    }

    @Test
    void a_policy_is_read_with_its_name_and_the_defaults() {
        assertThat(PolicyFile.read(GOOD)).isInstanceOfSatisfying(PolicyFile.Good.class, good -> {
            assertThat(good.name()).hasToString("media/family");
            assertThat(good.annotations()).containsEntry("a", "b");
            assertThat(good.spec().interval()).isEqualTo("15m");
            assertThat(good.spec().retention().keepLast()).isEqualTo(8);
        });
    }

    @Test
    void json_is_read_too_with_tabs() {
        String json = """
                {
                \t"apiVersion": "jellykeep.dev/v1alpha1", "kind": "JellyfinBackupPolicy",
                \t"metadata": {"name": "family"},
                \t"spec": {"containerApp": {"resourceId":
                \t\t"/subscriptions/0/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin"},
                \t"storage": {"accountUrl": "https://stfamily.blob.core.windows.net", "container": "jellyfin-backups"}}}
                """;
        assertThat(PolicyFile.read(json))
                .isInstanceOfSatisfying(
                        PolicyFile.Good.class, good -> assertThat(good.name()).hasToString("default/family"));
    }

    @Test
    void anchors_are_followed_not_taken_for_text() {
        String text = GOOD.replace("container: jellyfin-backups", "container: &name jellyfin-backups")
                        .replace("spec:", "spec:\n  takeOver: [*name]")
                        .replace("  takeOver: [*name]\n", "")
                + "  takeOver: [*name]\n";
        assertThat(PolicyFile.read(text))
                .isInstanceOfSatisfying(
                        PolicyFile.Good.class,
                        good -> assertThat(good.spec().takeOver()).containsExactly("jellyfin-backups"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            storage: {      | storage: {intervall: x,      | spec.storage.intervall: unknown field
            kind: Jelly     | kind: Smelly                 | there is SmellyfinBackupPolicy of jellykeep.dev/v1alpha1: write
            v1alpha1        | v1beta7                      | JellyfinBackupPolicy of jellykeep.dev/v1beta7: write apiVersion
            name: family,   | nickname: family,            | metadata.name: Required value
            name: family,   | name: Family,                | metadata.name: Invalid value
            name: family,   | name: family, label: x,      | metadata.label: unknown field
            spec:           | specs:                       | specs: unknown field
            spec:           | 'spec: {suspend: false}'     | it is no YAML at line
            metadata:       | metadata                     | it is no YAML at line
            media           | 'me dia'                     | metadata.namespace: Invalid value
            """)
    void what_is_wrong_is_said_in_one_sentence(String written, String wrong, String sentence) {
        assertThat(sentences(GOOD.replace(written, wrong))).first().asString().contains(sentence);
    }

    @Test
    void a_second_document_is_refused_and_an_empty_file_too() {
        assertThat(sentences(GOOD + "---\n" + GOOD))
                .containsExactly("there are 2 documents: write one JellyfinBackupPolicy in a file of its own");
        assertThat(sentences("# nothing\n"))
                .containsExactly("there are 0 documents: write one JellyfinBackupPolicy in a file of its own");
        assertThat(sentences("--- []\n").getFirst()).contains("something without a kind");
        assertThat(sentences("{\"kind\": 1, \"kind\": 2}").getFirst()).contains("no JSON at line 1", "kind");
        assertThat(PolicyFile.read("---\n" + GOOD + "---\n")).isInstanceOf(PolicyFile.Good.class);
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        assertThat(sentences(GOOD + "  interval: 1d\n  minSize: 50KB\n"))
                .containsExactly(
                        "interval is no duration: write one like 15m or 4h",
                        "minSize is no size in bytes: write one like 50Ki or 1Mi");
    }
}
