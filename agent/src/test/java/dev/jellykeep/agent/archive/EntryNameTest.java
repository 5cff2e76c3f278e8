package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A name in an archive becomes a path below the data root, that one and no other.
class EntryNameTest {
    @ParameterizedTest
    @CsvSource({
        "a, a",
        "./a, a",
        "a/, a",
        "a//b/./c, a/b/c",
        "'', ''",
        "'.', ''",
        "./, ''",
        "..., ...",
        "a/..b/c.., a/..b/c..",
        "' a ', ' a '"
    })
    void otherWaysToWriteAPathAreThatPath(String name, String path) throws ArchiveRefused {
        assertThat(EntryName.path(name)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc/passwd", "..", "a/..", "a/../b", "../a", "a\0b", "\0", "d/\uFFFD", "a\uFFFD/b"})
    void whatLeavesTheFolderOrIsNoNameIsHostile(String name) {
        assertThatThrownBy(() -> EntryName.path(name))
                .isInstanceOfSatisfying(
                        ArchiveRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.HOSTILE_ARCHIVE));
    }

    @Test
    void theLongestNamesAreTakenAndOneByteMoreIsNot() throws ArchiveRefused {
        String part = "ä".repeat(127) + "n";
        assertThat(EntryName.path(part + "/n")).isEqualTo(part + "/n");
        assertThatThrownBy(() -> EntryName.path("d/" + part + "n/x"))
                .hasMessageContaining("a part of an entry's name is too long");
        String path = "d/".repeat(2047) + "nn";
        assertThat(EntryName.path(path)).isEqualTo(path);
        assertThatThrownBy(() -> EntryName.path(path + "n")).hasMessageContaining("an entry's name is too long");
    }

    @Test
    void aRefusalShowsTheNameShortAndWithoutControlCharacters() {
        String most = "/" + "n".repeat(79);
        assertThatThrownBy(() -> EntryName.path(most))
                .hasMessageEndingWith("n\"")
                .hasMessageContaining(most);
        assertThatThrownBy(() -> EntryName.path(most + "x")).hasMessageEndingWith("n…\"");
        assertThatThrownBy(() -> EntryName.path("/a\u001b[2Jb")).hasMessageContaining("\"/a?[2Jb\"");
    }

    @Test
    void aLinkThatLeavesTheFolderIsHostile() {
        assertThatCode(() -> EntryName.requireInside("d/link", "../a")).doesNotThrowAnyException();
        assertThatThrownBy(() -> EntryName.requireInside("d/link", "../../a"))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("\"d/link\" leaves the folder");
    }
}
