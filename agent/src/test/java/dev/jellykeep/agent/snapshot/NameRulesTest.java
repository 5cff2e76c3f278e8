package dev.jellykeep.agent.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is archived has to come back: a name that no disk takes would make the whole restore fail.
class NameRulesTest {
    @Test
    void theLongestNameIsTakenAndOneByteMoreIsNot() {
        assertThat(NameRules.against("n".repeat(255))).isEmpty();
        assertThat(NameRules.against("d/" + "ä".repeat(127) + "n")).isEmpty();
        assertThat(NameRules.against("n".repeat(256))).contains("the name is longer than 255 bytes");
        assertThat(NameRules.against("d/" + "ä".repeat(128))).contains("the name is longer than 255 bytes");
    }

    @Test
    void theLongestPathIsTakenAndOneByteMoreIsNot() {
        String folders = "d/".repeat(NameRules.LONGEST_PATH / 2 - 1);
        assertThat(NameRules.against(folders + "nn")).isEmpty();
        assertThat(NameRules.against(folders + "nnn")).contains("the path is too long");
        assertThat(NameRules.against(folders + "än")).contains("the path is too long");
    }

    @Test
    void aNameThatIsNotUtf8CannotBeWrittenDown() {
        assertThat(NameRules.against("\uFFFD")).contains("the name is not valid UTF-8");
        assertThat(NameRules.against("d/a\uFFFDb")).contains("the name is not valid UTF-8");
    }
}
