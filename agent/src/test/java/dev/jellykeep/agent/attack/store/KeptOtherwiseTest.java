package dev.jellykeep.agent.attack.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.UploadOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A service that keeps less of an archive than it was sent, and a client that notices when it is too late.
class KeptOtherwiseTest {
    private static final long LOST = 100;

    @TempDir
    Path work;

    @Test
    void anArchiveThatIsKnownToBeBadBecomesTheHeadWithTheNextBackup() throws IOException {
        Place place = Place.withFolder(work.resolve("place"));
        place.takeStore(Base.make(work.resolve("base"), Place::withFolder, 0).before());
        Set<String> before = place.archives();
        Place root = new Place(work.resolve("base"), place.settings(), place.opener());
        root.write(Base.NEW);
        root.cli()
                .outside(new Outside(store -> new Keeping(place, store), _ -> {}))
                .run("backup")
                .expect(ExitCode.STORE_UNREACHABLE);
        assertThat(place.archives()).as("what is bad is gone").isEqualTo(before);
        root.cli().run("backup").expect(ExitCode.OK);
        String head = place.document()
                .flatMap(document -> document.head())
                .map(Listed::name)
                .orElseThrow();
        assertThat(before).doesNotContain(head);
        place.cli().run("verify", head).expect(ExitCode.OK);
    }

    private static final class Keeping extends ForwardingStore {
        private final Place place;

        private Keeping(Place place, BlobStore real) {
            super(real);
            this.place = place;
        }

        @Override
        public BlobUpload begin(String name, int blockBytes) {
            return new ForwardingUpload(super.begin(name, blockBytes)) {
                @Override
                public UploadOutcome commit(Map<String, String> metadata) {
                    UploadOutcome _ = super.commit(metadata);
                    try (BlobStore store = place.open()) {
                        byte[] whole = store.read(name).orElseThrow().content();
                        String _ =
                                store.put(name, java.util.Arrays.copyOf(whole, (int) (whole.length - LOST)), metadata);
                    }
                    throw new StoreException(StoreException.Kind.MISMATCH, "Other blocks than were sent.", null);
                }
            };
        }
    }
}
