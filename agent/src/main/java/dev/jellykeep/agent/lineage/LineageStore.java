package dev.jellykeep.agent.lineage;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.ConditionalRead;
import dev.jellykeep.store.PutOutcome;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.SwapOutcome;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Reads and writes `lineage.json`. Every write is a compare-and-swap; a refused or unknown one is never
/// believed but looked up by reading again; protocol §1.3.
public final class LineageStore {
    private static final int TRIES = 40;

    private final BlobStore store;
    private final Duration staleAfter;

    public LineageStore(BlobStore store, Duration staleAfter) {
        this.store = store;
        this.staleAfter = staleAfter;
    }

    public Reading read() {
        return store.read(BlobLayout.LINEAGE).map(Reading::of).orElseGet(Reading.Missing::new);
    }

    /// Cheap while nothing has changed.
    ///
    /// @return empty if the document still has the ETag of `known`
    public Optional<Reading> readIfChanged(Reading.Present known) {
        return switch (store.readIfChanged(BlobLayout.LINEAGE, known.etag())) {
            case ConditionalRead.Unchanged _ -> Optional.empty();
            case ConditionalRead.Changed(StoredBlob blob) -> Optional.of(Reading.of(blob));
            case ConditionalRead.Absent() -> Optional.of(new Reading.Missing());
        };
    }

    /// The document, or the failure that says why there is none to work on.
    public Reading.Present require() {
        return switch (read()) {
            case Reading.Present present -> present;
            case Reading.Missing() ->
                throw new AgentException(
                        Reason.LINEAGE_MISSING,
                        "there is no lineage.json in " + store.describe()
                                + ": run `jellykeep restore` or `jellykeep init` to rebuild it from the archives");
            case Reading.Unreadable(String _, String why) ->
                throw new AgentException(
                        Reason.LINEAGE_MISSING,
                        "lineage.json in " + store.describe() + " can't be read (" + why
                                + "): run `jellykeep init`, which saves it aside and rebuilds it");
            case Reading.TooNew(long format) -> throw tooNew(format);
        };
    }

    AgentException tooNew(long format) {
        return new AgentException(
                Reason.LINEAGE_TOO_NEW,
                "lineage.json in " + store.describe() + " has format " + format
                        + ", which this version doesn't know: use a newer jellykeep");
    }

    /// What a transition came to.
    public sealed interface Outcome {
        /// @param document as it now stands
        record Applied(LineageDocument document) implements Outcome {}

        /// It had happened already.
        record AlreadyDone(LineageDocument document) implements Outcome {}

        record Refused(String why, LineageDocument document) implements Outcome {}

        public LineageDocument document();
    }

    /// Applies a transition: read, decide, swap; after anything but a clear success from the beginning.
    public Outcome apply(Function<Reading.Present, Step> transition) {
        boolean tried = false;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Reading.Present at = require();
            switch (transition.apply(at)) {
                case Step.Done() -> {
                    return tried ? new Outcome.Applied(at.document()) : new Outcome.AlreadyDone(at.document());
                }
                case Step.Refused(String why) -> {
                    return new Outcome.Refused(why, at.document());
                }
                case Step.Write(LineageDocument next) -> {
                    tried = true;
                    SwapOutcome swap = store.compareAndSwap(BlobLayout.LINEAGE, text(next), at.etag());
                    if (swap instanceof SwapOutcome.Swapped) {
                        return new Outcome.Applied(next);
                    }
                }
            }
        }
        throw new StoreException(
                StoreException.Kind.UNREACHABLE,
                "lineage.json in " + store.describe() + " could not be written in " + TRIES
                        + " tries: others keep writing it, or every reply is lost; try again later",
                null);
    }

    /// Creates the document, or replaces an unreadable one whose bytes are saved aside first; of an oversized one, as
    /// many as a document may have.
    ///
    /// @return what is there afterwards, whoever wrote it
    public Reading.Present create(LineageDocument document) {
        byte[] text = text(document);
        switch (read()) {
            case Reading.Present present -> {
                return present;
            }
            case Reading.TooNew(long format) -> throw tooNew(format);
            case Reading.Missing() -> {
                PutOutcome _ = store.putIfAbsent(BlobLayout.LINEAGE, text, Map.of());
            }
            case Reading.Unreadable(String etag, String _) -> {
                StoredBlob bad = store.read(BlobLayout.LINEAGE)
                        .filter(blob -> blob.etag().equals(etag))
                        .orElse(null);
                if (bad != null) {
                    byte[] kept = bad.oversized() ? start() : bad.content();
                    PutOutcome _ = store.putIfAbsent(BlobLayout.lineageAside(kept), kept, Map.of());
                    SwapOutcome _ = store.compareAndSwap(BlobLayout.LINEAGE, text, etag);
                }
            }
        }
        return require();
    }

    /// Written larger than that it would count as somebody else's.
    private byte[] text(LineageDocument document) {
        byte[] text = LineageText.print(document);
        if (text.length > BlobStore.SMALL) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "lineage.json in " + store.describe() + " would have more than " + BlobStore.SMALL + " bytes, with "
                            + document.forks().size() + " forks: drop old ones with `jellykeep forks drop`",
                    null);
        }
        if (LineageText.parse(text) instanceof LineageText.Parsed.Unreadable(String why)) {
            throw new StoreException(
                    StoreException.Kind.INVALID,
                    "lineage.json in " + store.describe() + " could not be read again (" + why
                            + "), and stays as it is: drop old forks with `jellykeep forks drop`, or report this",
                    null);
        }
        return text;
    }

    /// Of what nobody of ours wrote, and may have any size: it must not keep a server from its data.
    private byte[] start() {
        try (InputStream in = store.open(BlobLayout.LINEAGE, 0, BlobStore.SMALL)) {
            return in.readNBytes(BlobStore.SMALL);
        } catch (IOException e) {
            throw new StoreException(
                    StoreException.Kind.UNREACHABLE,
                    "Can't read lineage.json in " + store.describe() + ": the reply broke off (" + e.getMessage()
                            + "); try again later",
                    e);
        }
    }

    /// Is the holder's heartbeat too old? Judged by the service's clock alone; where there is no heartbeat,
    /// by the age of the document.
    public boolean holderIsStale(Reading.Present reading) {
        String holder = reading.document().holder();
        if (holder == null || reading.document().sealed()) {
            return false;
        }
        Duration age =
                store.read(BlobLayout.status(holder)).map(StoredBlob::age).orElse(reading.age());
        return age.compareTo(staleAfter) > 0;
    }
}
