package dev.jellykeep.agent.fuzz;

import dev.jellykeep.agent.fixture.Corpus;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What fuzzing has found of documents and settings.
class CorporaTest {
    static Stream<Arguments> manifests() {
        return Corpus.of(ManifestFuzz.class, "manifest");
    }

    static Stream<Arguments> lineages() {
        return Corpus.of(LineageFuzz.class, "lineage");
    }

    static Stream<Arguments> settings() {
        return Corpus.of(SettingsFuzz.class, "settings");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("manifests")
    void aManifestIsRefusedOrTheSameAgain(String name, byte[] data) throws IOException {
        new ManifestFuzz().manifest(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lineages")
    void aLineageIsUnreadableOrTheSameAgain(String name, byte[] data) {
        new LineageFuzz().lineage(data);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void settingsAreSentencesOrTheSameAgain(String name, byte[] data) {
        new SettingsFuzz().settings(data);
    }
}
