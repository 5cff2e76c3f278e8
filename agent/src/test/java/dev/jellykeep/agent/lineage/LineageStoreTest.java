package dev.jellykeep.agent.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.folder.FolderStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two writers of one document.
class LineageStoreTest {
    private static final LineageDocument FRESH = LineageDocument.fresh(new UUID(0, 1), null);

    @TempDir
    Path folder;

    @Test
    void whatAnotherWroteMeanwhileIsReadAgainAndKept() {
        FolderStore store = FolderStore.open(folder);
        LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
        Reading.Present _ = lineage.create(FRESH);
        LineageStore.Outcome outcome = lineage.apply(at -> {
            if (at.document().app() == null) {
                String _ = store.put(BlobLayout.LINEAGE, LineageText.print(FRESH.withApp("/another")), Map.of());
            }
            return new Step.Write(at.document().withHolder("me", at.document().epoch() + 1));
        });
        assertThat(outcome).isInstanceOf(LineageStore.Outcome.Applied.class);
        assertThat(outcome.document().app()).as("what the other wrote").isEqualTo("/another");
        assertThat(lineage.require().document()).isEqualTo(outcome.document());
        assertThat(outcome.document().holder()).isEqualTo("me");
    }

    @Test
    void aDocumentThatWouldCountAsSomebodyElsesIsNotWritten() {
        FolderStore store = FolderStore.open(folder);
        LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
        Reading.Present before = lineage.create(FRESH);
        Listed listed = new Listed("forks/" + new UUID(0, 2) + "/backup-20260131120000.tar.gz", "0".repeat(64), 1, 1);
        List<Fork> many = List.of(
                new Fork(null, new UUID(0, 2).toString(), Fork.Why.STANDBY, Collections.nCopies(60_000, listed)));
        assertThatThrownBy(() ->
                        lineage.apply(at -> new Step.Write(at.document().withLine(List.of(), many))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("jellykeep forks drop");
        assertThat(lineage.require().etag()).isEqualTo(before.etag());
    }

    @Test
    void aDocumentThatCanNotBeReadAgainReplacesOneThatCan() {
        FolderStore store = FolderStore.open(folder);
        LineageStore lineage = new LineageStore(store, Duration.ofMinutes(2));
        Reading.Present before = lineage.create(FRESH);
        List<Listed> odd = List.of(new Listed("backup-20260131120000.tar.gz", "0".repeat(64), -1, 1));
        assertThatThrownBy(() ->
                        lineage.apply(at -> new Step.Write(at.document().withLine(odd, List.of()))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("stays as it is");
        assertThat(lineage.require().etag()).isEqualTo(before.etag());
    }

    @Test
    void aReplyThatBreaksOffIsCalledAFaultOfTheProgram() {
        FolderStore store = FolderStore.open(folder);
        byte[] oversized = new byte[BlobStore.SMALL + 1];
        String _ = store.put(BlobLayout.LINEAGE, oversized, Map.of());
        LineageStore lineage = new LineageStore(breaking(store), Duration.ofMinutes(2));
        assertThatThrownBy(() -> lineage.create(FRESH))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("Can't read lineage.json in ", "broke off", "try again later");
        assertThat(store.read(BlobLayout.LINEAGE).orElseThrow().oversized())
                .as("nothing has replaced it")
                .isTrue();
    }

    /// The same store, whose streams end in an error.
    private static BlobStore breaking(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    return answer instanceof InputStream in ? new BrokenStream(in) : answer;
                });
    }

    private static final class BrokenStream extends FilterInputStream {
        private BrokenStream(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            throw new IOException("connection reset");
        }
    }
}
