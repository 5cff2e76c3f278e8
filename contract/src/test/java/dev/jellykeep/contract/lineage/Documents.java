package dev.jellykeep.contract.lineage;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Small documents and archives for tests. H is the old replica, N the new one.
final class Documents {
    static final UUID LINEAGE = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    static final String H = "h-replica";
    static final String N = "n-replica";

    private Documents() {}

    /// Open, epoch 7, held by H.
    static LineageDocument open(Archived... history) {
        return document(7, H, false, history);
    }

    static LineageDocument sealed(Archived... history) {
        return document(7, H, true, history);
    }

    static LineageDocument document(long epoch, @Nullable String holder, boolean sealed, Archived... history) {
        return new LineageDocument(
                LINEAGE,
                null,
                epoch,
                holder,
                sealed,
                Arrays.stream(history).map(Archived::listed).toList(),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null);
    }

    static Archived archive(String name, String owner, long epoch, long sequence, @Nullable Archived parent) {
        return new Archived(
                name, LINEAGE, owner, epoch, sequence, parent == null ? null : parent.name(), "sha-" + name, null);
    }

    static Archived withPin(Archived archive, String token) {
        return new Archived(
                archive.name(),
                archive.lineage(),
                archive.owner(),
                archive.epoch(),
                archive.sequence(),
                archive.parent(),
                archive.sha256(),
                token);
    }

    static LineageDocument withForks(LineageDocument document, Fork... forks) {
        return document.withLine(document.history(), List.of(forks));
    }

    static LineageDocument withPin(LineageDocument document, @Nullable String pin, String... holds) {
        return new LineageDocument(
                document.lineage(),
                document.app(),
                document.epoch(),
                document.holder(),
                document.sealed(),
                document.history(),
                document.forks(),
                document.asked(),
                List.of(holds),
                document.deleting(),
                pin,
                document.refused());
    }

    static LineageDocument asked(LineageDocument document) {
        return new LineageDocument(
                document.lineage(),
                document.app(),
                document.epoch(),
                document.holder(),
                document.sealed(),
                document.history(),
                document.forks(),
                true,
                document.holds(),
                document.deleting(),
                document.pin(),
                document.refused());
    }

    static Fork standby(@Nullable Archived base, Archived... archives) {
        return fork(base, Fork.Why.STANDBY, archives);
    }

    static Fork fork(@Nullable Archived base, Fork.Why why, Archived... archives) {
        return new Fork(
                base == null ? null : base.name(),
                archives[archives.length - 1].owner(),
                why,
                Arrays.stream(archives).map(Archived::listed).toList());
    }

    /// Existing blobs.
    static Transitions.Lookup blobs(Archived... existing) {
        Map<String, Archived> byName = new HashMap<>();
        for (Archived archive : existing) {
            byName.put(archive.name(), archive);
        }
        return Transitions.Lookup.of(name -> Optional.ofNullable(byName.get(name)));
    }

    static LineageDocument written(Step step) {
        if (step instanceof Step.Write(LineageDocument document)) {
            return document;
        }
        throw new AssertionError("expected a document to write, but got " + step);
    }

    static List<String> names(List<Listed> archives) {
        return archives.stream().map(Listed::name).toList();
    }
}
