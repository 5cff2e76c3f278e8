package dev.jellykeep.agent.archive;

import dev.jellykeep.agent.fixture.Corpus;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What fuzzing has found of archives and names.
class CorporaTest {
    static Stream<Arguments> archives() {
        return Corpus.of(ArchiveFuzz.class, "archive");
    }

    static Stream<Arguments> names() {
        return Corpus.of(NamesFuzz.class, "names");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("archives")
    void noArchiveComesToMoreThanItMay(String name, byte[] data) throws IOException {
        new ArchiveFuzz().archive(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void noNameLeadsAstray(String name, byte[] data) {
        new NamesFuzz().names(data);
    }
}
