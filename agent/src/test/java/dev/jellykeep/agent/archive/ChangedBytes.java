package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One archive, changed in many ways.
final class ChangedBytes {
    private ChangedBytes() {}

    /// @param work private folder
    /// @return how many of them were accepted
    static int round(Path work, long seed, int count) throws IOException {
        byte[] whole = MutatedArchives.written(seed, work);
        Untrusted untrusted = new Untrusted(Files.createDirectories(work.resolve("outer-" + seed)));
        if (untrusted.extract(whole).isEmpty()) {
            throw new AssertionError("seed " + seed + ": the archive itself is refused");
        }
        MutatedArchives mutations = new MutatedArchives(seed);
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            byte[] mutated = mutations.mutated(whole);
            try {
                accepted += untrusted.extract(mutated).isPresent() ? 1 : 0;
            } catch (IOException | RuntimeException | AssertionError e) {
                Path kept = Files.write(Files.createTempFile("jellykeep-bytes-", ".tar.gz"), mutated);
                throw new AssertionError("seed " + seed + ", change " + i + ", kept as " + kept, e);
            }
        }
        return accepted;
    }
}
