package dev.jellykeep.agent.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each archive is refused for its reason, and nothing outside the target folder is touched.
class HostileArchivesTest {
    @TempDir
    Path folder;

    static Stream<HostileArchive> archives() {
        return Stream.of(
                        HostileNames.all(),
                        HostileTypes.all(),
                        HostileSizes.all(),
                        DamagedArchives.all(),
                        LyingManifests.all())
                .flatMap(each -> each);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void isRefusedAndWritesNothingOutside(HostileArchive hostile) throws Exception {
        Path target = sentinels().resolve("middle/target");
        Files.createDirectory(target);
        Path seen = folder.resolve("seen");
        Files.writeString(seen, "");
        SortedMap<String, String> before = TreeState.of(folder, target);
        SortedMap<String, String> evils = TreeState.names(Path.of("/tmp"), "evil");
        try {
            Extraction.extract(new ByteArrayInputStream(hostile.archive()), target, seen, hostile.limits(), _ -> {});
            fail("accepted: %s", hostile);
        } catch (ArchiveRefused refused) {
            assertThat(refused.reason())
                    .as(String.valueOf(refused.getMessage()))
                    .isEqualTo(hostile.expected());
            assertThat(refused).hasMessageMatching("[^\\p{Cntrl}]{10,300}");
        } catch (RuntimeException unexpected) {
            fail("no older archive is tried after this", unexpected);
        }
        Files.writeString(seen, "");
        assertThat(withoutTime(TreeState.of(folder, target))).isEqualTo(withoutTime(before));
        assertThat(TreeState.names(Path.of("/tmp"), "evil")).isEqualTo(evils);
        assertThat(Path.of("/etc/evil")).doesNotExist();
    }

    private static SortedMap<String, String> withoutTime(SortedMap<String, String> state) {
        state.remove("seen");
        state.remove("outer/middle");
        return state;
    }

    /// Files where a name that leaves the target by one or two folders, or a link, would write.
    private Path sentinels() throws Exception {
        Path outer = folder.resolve("outer");
        Files.createDirectories(outer.resolve("middle"));
        for (String name : new String[] {"evil", "x", "etc", "middle/evil", "middle/x", "middle/l"}) {
            Files.writeString(outer.resolve(name), "untouched " + name);
        }
        return outer;
    }
}
