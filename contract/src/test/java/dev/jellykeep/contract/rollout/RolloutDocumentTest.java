package dev.jellykeep.contract.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RolloutDocumentTest {
    private static final RolloutDocument DOCUMENT = new RolloutDocument(
            "rollout-1",
            "a1b2",
            "jellyfin--0000004",
            "jellyfin--0000003",
            Stage.ASKED,
            false,
            List.of("backup-1.tar.gz"));

    @ParameterizedTest
    @EnumSource
    void what_an_operator_leaves_the_next_one_reads(Stage stage) {
        assertThat(RolloutDocument.parse(DOCUMENT.at(stage).toBytes())).contains(DOCUMENT.at(stage));
        assertThat(RolloutDocument.parse(DOCUMENT.at(stage).forGood().toBytes()))
                .hasValueSatisfying(read -> assertThat(read.givenUp()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"format\": 2}",
                "{\"format\": 1}",
                "{\"format\":1,\"token\":\"t\",\"plan\":\"p\",\"replaces\":\"r\",\"serving\":\"s\",\"stage\":\"new\",\"archives\":[]}"
            })
    void what_is_not_understood_is_no_rollout(String text) {
        assertThat(RolloutDocument.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void a_rollout_keeps_the_archives_that_it_names_and_nothing_else_changes() {
        RolloutDocument kept = DOCUMENT.at(Stage.STOPPING).keeping(List.of("a", "b"));
        assertThat(kept.archives()).containsExactly("a", "b");
        assertThat(kept.keeping(DOCUMENT.archives()).at(Stage.ASKED)).isEqualTo(DOCUMENT);
    }

    @Test
    void the_archives_are_where_retention_looks_for_them() {
        assertThat(new String(DOCUMENT.toBytes(), StandardCharsets.UTF_8))
                .contains("\"archives\":[\"backup-1.tar.gz\"]", "\"format\":1");
    }
}
