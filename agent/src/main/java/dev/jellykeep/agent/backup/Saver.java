package dev.jellykeep.agent.backup;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.Line;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Makes a backup of one replica's data and registers it: as the head if the replica holds the lineage in the
/// archive's epoch, else as a fork. An own archive that was uploaded but never registered is registered
/// first.
public final class Saver {
    private final BlobStore store;
    private final LineageStore lineage;
    private final BackupMaker backup;
    private final ReplicaIdentity identity;
    private final boolean known;
    private final Journal journal;

    /// @param known false: the data have no identity while the lineage has a head, so archives are forks only
    public Saver(
            BlobStore store,
            LineageStore lineage,
            BackupMaker backup,
            ReplicaIdentity identity,
            boolean known,
            Journal journal) {
        this.store = store;
        this.lineage = lineage;
        this.backup = backup;
        this.identity = identity;
        this.known = known;
        this.journal = journal;
    }

    /// The archive that the data began as; null: they began empty.
    public @Nullable String base() {
        return identity.base();
    }

    private String me() {
        return identity.replica().toString();
    }

    /// @param accepted reasons overruled by a person
    /// @param last the final snapshot: a refused one is kept wherever it may matter
    /// @param seal asked right before the registration: may the head be called sealed?
    public Saved save(ArchiveKind kind, Set<Reason> accepted, boolean last, BooleanSupplier seal) {
        Reading.Present reading = lineage.require();
        Catalogue catalogue = Catalogue.of(store);
        Line line = line(reading.document(), catalogue);
        Optional<Catalogue.Item> left = line.unregistered(reading.document(), catalogue, me());
        if (left.isPresent()) {
            journal.warn(
                    "archive uploaded earlier is registered now",
                    "archive",
                    left.get().blob().name());
            register(left.get().archived().orElseThrow(), line.tip(), catalogue, () -> false);
            reading = lineage.require();
            line = line(reading.document(), catalogue);
        }
        return make(reading.document(), catalogue, line, kind, accepted, last, seal);
    }

    private Line line(LineageDocument document, Catalogue catalogue) {
        return Line.find(document, catalogue, me(), base());
    }

    private @Nullable String openPin(LineageDocument document) {
        return Objects.equals(identity.pinToken(), document.pin()) ? null : identity.pinToken();
    }

    private Saved make(
            LineageDocument document,
            Catalogue catalogue,
            Line line,
            ArchiveKind kind,
            Set<Reason> accepted,
            boolean last,
            BooleanSupplier seal) {
        boolean mine = known && document.isHeldBy(me());
        ArchiveName name = freeName(document, catalogue);
        BackupRequest request = new BackupRequest(
                kind,
                document.lineage(),
                me(),
                mine ? document.epoch() : 0,
                line,
                line.nextSequence(document),
                mine ? name.toString() : BlobLayout.fork(me(), name),
                BlobLayout.suspect(name),
                last,
                mine && (line.onFork() || openPin(document) != null),
                accepted,
                // a rebuild of the document learns from the head which pin is consumed
                openPin(document) == null ? document.pin() : openPin(document));
        return switch (backup.make(request)) {
            case BackupResult.Unchanged() -> new Saved.Unchanged(document, line.tip());
            case BackupResult.Refused(Reason reason, String sentence, var suspect) ->
                new Saved.Refused(document, reason, sentence, suspect);
            case BackupResult.Stored(String stored, ArchiveFacts facts, long compressed) -> {
                LineageDocument after = register(facts.archived(stored), line.tip(), catalogue, seal);
                backup.registered();
                yield after.head().map(Listed::name).equals(Optional.of(stored))
                        ? new Saved.Promoted(after, stored, facts, compressed)
                        : new Saved.Forked(after, stored, facts, compressed);
            }
        };
    }

    private ArchiveName freeName(LineageDocument document, Catalogue catalogue) {
        ArchiveName name = Catalogue.nextName(store, document);
        while (catalogue.find(name.toString()).isPresent()
                || catalogue.find(BlobLayout.suspect(name)).isPresent()
                || catalogue.find(BlobLayout.fork(me(), name)).isPresent()) {
            name = new ArchiveName(name.time().plusSeconds(1));
        }
        return name;
    }

    private LineageDocument register(
            Archived archive, @Nullable String tip, Catalogue catalogue, BooleanSupplier seal) {
        Transitions.Lookup lookup = catalogue.lookup();
        return lineage.apply(at -> {
                    LineageDocument document = at.document();
                    if (known && archive.epoch() > 0 && document.isHeldBy(me())) {
                        Step promoted = Transitions.promote(
                                document, me(), archive, tip, seal.getAsBoolean(), openPin(document), lookup);
                        if (!(promoted instanceof Step.Refused)) {
                            return promoted;
                        }
                    }
                    return Transitions.fork(document, me(), archive, tip, lookup);
                })
                .document();
    }
}
