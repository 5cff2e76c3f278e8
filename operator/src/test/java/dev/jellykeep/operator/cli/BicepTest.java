package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Bicep would misread, or take for code.
class BicepTest {
    private static String bicep(String json) throws Exception {
        return Bicep.of(JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            'it''s'         | it's          | 'it\\'s'
            interpolation   | ${secret}     | '\\${secret}'
            a dollar alone  | 5$            | '5$'
            a dollar before | $${x}         | '$\\${x}'
            a brace later   | $ {x}         | '$ {x}'
            backslash       | a\\b          | 'a\\\\b'
            three quotes    | '''           | '\\'\\'\\''
            double quotes   | say ''        | 'say \\'\\''
            other scripts   | Größe 漢 😀   | 'Größe 漢 😀'
            """)
    void text_stays_text(String name, String value, String expected) throws Exception {
        String json = new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
        assertThat(bicep(json)).as(name).isEqualTo(expected);
    }

    @Test
    void line_breaks_and_control_characters_are_escaped() throws Exception {
        assertThat(bicep("\"a\\nb\\r\\tc\\u0001\\u007f\\\"\"")).isEqualTo("'a\\nb\\r\\tc\\u{1}\\u{7f}\"'");
    }

    @Test
    void odd_names_are_quoted() throws Exception {
        assertThat(
                        bicep(
                                "{\"plain_1\": 1, \"odd-name\": 2, \"1st\": 3, \"it's\": 4, \"null\": 5, \"${x}\": 6, \"\": 7}"))
                .isEqualTo("""
                        {
                          plain_1: 1
                          'odd-name': 2
                          '1st': 3
                          'it\\'s': 4
                          'null': 5
                          '\\${x}': 6
                          '': 7
                        }""");
    }

    @Test
    void fractions_and_huge_numbers_go_through_json() throws Exception {
        assertThat(bicep("[0.25, -3, 9223372036854775808, true, null, {}, []]")).isEqualTo("""
                [
                  json('0.25')
                  -3
                  json('9223372036854775808')
                  true
                  null
                  {}
                  []
                ]""");
    }
}
