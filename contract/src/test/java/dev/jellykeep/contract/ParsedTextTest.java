package dev.jellykeep.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ParsedTextTest {
    private static final ParsedText<String> BAD = ParsedText.bad("write a word");

    @Test
    void whatIsWrongStaysWrongWhateverIsMadeOfIt() {
        assertThat(BAD.<Integer>then(text -> ParsedText.ok(text.length()))).isEqualTo(ParsedText.bad("write a word"));
        assertThatThrownBy(BAD::orThrow)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("write a word");
    }

    @Test
    void whatIsGoodIsReadOn() {
        ParsedText<String> good = ParsedText.ok("word");
        assertThat(good.orThrow()).isEqualTo("word");
        assertThat(good.then(text -> ParsedText.ok(text.length()))).isEqualTo(ParsedText.ok(4));
        assertThat(good.<Integer>then(_ -> ParsedText.bad("write a number")))
                .isEqualTo(ParsedText.bad("write a number"));
    }
}
