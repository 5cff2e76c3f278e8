package dev.jellykeep.contract.glob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.Seeds;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.log | a.log",
                "*.log | .log",
                "* | .hidden",
                "* | a/b/c",
                "** | a/b",
                "**/*.old | library.db.old",
                "**/*.old | data/library.db.old",
                "a/**/z | a/z",
                "a/**/z | a/b/c/z",
                "a/** | a/b",
                "a/**/** | a/b",
                "a/ | a/b/c",
                "a | a",
                "a | a/b/c",
                "a?c | abc",
                "a?c | a😀c",
                "[a-c]x | bx",
                "[!a-c]x | dx",
                "[^a]x | bx",
                "[a-]x | -x",
                "[-a]x | -x",
                "[\\]]x | ]x",
                "[*?]x | *x",
                "{cache,data/x}/** | data/x/1",
                "{a,b{c,d}}e | bde",
                "a{,.bak} | a.bak",
                "a{,.bak} | a",
                "\\{a\\} | {a}",
                "a\\*b | a*b",
                "a,b | a,b",
                "ä* | äöü",
                "a b | a b",
                "a/b | /a//b/",
            })
    void matches(String glob, String path) {
        assertThat(glob(glob).matches(path)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.log | a/b.log",
                "*.log | a.LOG",
                "a/** | a",
                "a/ | a",
                "a/b | a",
                "a?c | a/c",
                "a*c | a/c",
                "[!a]b | /b",
                "a/**/z | az",
                "**/z | az",
                "a[b-c] | a-",
                "a\\*b | axb",
                "[\\]]x | \\x",
                "[a\\-c]x | bx",
                "{a,b} | c",
                "b | a/b",
            })
    void doesNotMatch(String glob, String path) {
        assertThat(glob(glob).matches(path)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a | a glob is relative to the data root; write it without the slash at the beginning",
                "a//b | it has an empty part; write single slashes, and none at the beginning",
                "../a | it contains \"..\"; write the path as seen from the data root",
                "{.,a}/b | it contains \".\"; write the path as seen from the data root",
                "a** | ** must stand alone between slashes; write a*/**",
                "**.log | ** must stand alone between slashes; write **/*.log",
                "a{b | a { is not closed; add the }, or write \\{ if the name contains one",
                "a}b | there is a } without its {; write \\} if the name contains one",
                "a[b | a [ is not closed; add the ], or write \\[ if the name contains one",
                "a[]b | the brackets [] are empty; write \\[\\] if the name contains them",
                "a[!]b | the brackets [] are empty; write \\[\\] if the name contains them",
                "[z-a] | the range z-a runs backwards; write a-z",
                "[a/b] | brackets can't hold a slash; use braces, as in {a/b,c}",
                "a\\ | it ends with a lone backslash; write \\\\ for one",
                "a\\/b | a slash can't be escaped; write it without the backslash",
                "'' | a glob has 1 to 1024 characters; write one like data/*.log",
            })
    void saysWhatIsWrongAndWhatToWrite(String text, String reason) {
        assertThat(Glob.parse(text)).isEqualTo(ParsedText.bad(reason));
    }

    @Test
    void refusesBracesThatExplode() {
        assertThat(Glob.parse("{a,b}".repeat(8))).isInstanceOf(ParsedText.Ok.class);
        assertThat(Glob.parse("{a,b}".repeat(200)))
                .isEqualTo(ParsedText.bad("its braces stand for more than 256 globs; write several simpler ones"));
        assertThat(Glob.parse("a" + "{".repeat(500) + "}".repeat(500))).isInstanceOf(ParsedText.Ok.class);
    }

    @Test
    void takesTheLongestGlobAndNoLongerOne() {
        String longest = "a".repeat(1024);
        assertThat(glob(longest)).hasToString(longest);
        assertThat(Glob.parse(longest + "a")).isInstanceOf(ParsedText.Bad.class);
        assertThat(glob("a/".repeat(59) + "b").matches("a/".repeat(59) + "b")).isTrue();
        assertThat(Glob.parse("a/".repeat(60) + "b"))
                .isEqualTo(ParsedText.bad("it has more than 60 parts; write a shorter one"));
        assertThat(Glob.parse("\0")).isInstanceOf(ParsedText.Bad.class);
    }

    @Test
    void isNotHeldUpByAGlobMadeToBacktrack() {
        String name = "a".repeat(200);
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertThat(glob("*a".repeat(100) + "b").matches(name)).isFalse();
            assertThat(glob("**/a*a*/".repeat(15) + "b").matches(String.join("/", Collections.nCopies(200, name))))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "a/, a, true",
        "a/**, a, true",
        "a/*, a, true",
        "a, a, true",
        "a, a/b, true",
        "**, '', true",
        "**/x/**, a/x, true",
        "a/*.log, a, false",
        "a/**/b, a, false",
        "**/*.old, a, false",
        "a/, b, false",
        "a/, '', false",
    })
    void knowsWhenAWholeFolderIsCovered(String glob, String folder, boolean covered) {
        assertThat(glob(glob).coversAllBelow(folder)).isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c, '', true",
        "a/b/c, a, true",
        "a/b/c, a/b, true",
        "a/b/c, a/b/c, true",
        "a/b/c, a/b/c/d, true",
        "a/b/c, x, false",
        "a/b/c, a/x, false",
        "*.log, a, false",
        "**/*.log, a/b, true",
        "a, a/b, true",
    })
    void knowsWhetherAnythingBelowAFolderCanMatch(String glob, String folder, boolean may) {
        assertThat(glob(glob).mayMatchBelow(folder)).isEqualTo(may);
    }

    /// Against a translation into a regular expression, made here for this small alphabet only.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void agreesWithAPlainTranslation(long seed) {
        RandomGenerator random = Seeds.random(seed);
        StringBuilder text = new StringBuilder();
        StringBuilder regex = new StringBuilder();
        int parts = random.nextInt(1, 5);
        for (int i = 0; i < parts; i++) {
            boolean last = i == parts - 1;
            if (!last && random.nextInt(3) == 0) {
                text.append("**/");
                regex.append("(?:[^/]+/)*");
            } else {
                String part = Seeds.oneOf(random, List.of("a", "*", "a*", "*b", "?", "[ab]", "[!a]", "{a,bb}", "a*b*"));
                text.append(part).append(last ? "" : "/");
                regex.append(translate(part)).append(last ? "(?:/.*)?" : "/");
            }
        }
        Glob glob = glob(text.toString());
        Pattern pattern = Pattern.compile(regex.toString());
        for (int i = 0; i < 200; i++) {
            String path =
                    Seeds.word(random, "aabb/", 1, 9).replaceAll("/+", "/").replaceAll("^/|/$", "");
            if (!path.isEmpty()) {
                assertThat(glob.matches(path))
                        .as("%s on %s", text, path)
                        .isEqualTo(pattern.matcher(path).matches());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("dev.jellykeep.contract.Seeds#all")
    void anEscapedNameMatchesItselfAndNothingElse(long seed) {
        RandomGenerator random = Seeds.random(seed);
        String alphabet = "a*?[]{},\\!-ä";
        String name = Seeds.word(random, alphabet, 1, 8);
        String other = Seeds.word(random, alphabet, 1, 8);
        Glob glob = glob(Glob.escape(name));
        assertThat(glob.matches(name)).isTrue();
        assertThat(glob.matches(other)).isEqualTo(name.equals(other));
    }

    private static String translate(String part) {
        return part.replace("?", "[^/]")
                .replace("{a,bb}", "(?:a|bb)")
                .replace("[!a]", "[^a/]")
                .replace("*", "[^/]*");
    }

    private static Glob glob(String text) {
        return Glob.parse(text).orThrow();
    }
}
