package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Transitions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One state of the model.
///
/// @param document null: lost
/// @param writes user writes so far
/// @param last the replica that served users last
/// @param switched a rollout has moved the traffic
record World(
        @Nullable LineageDocument document,
        List<Blob> blobs,
        List<Replica> replicas,
        int writes,
        int last,
        boolean switched,
        Budget budget) {
    static final UUID LINEAGE = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");

    static String id(int replica) {
        return "replica-" + replica;
    }

    Replica replica(int i) {
        return replicas.get(i);
    }

    /// The blob of that name, deleted or not.
    Optional<Blob> blob(@Nullable String name) {
        return blobs.stream().filter(blob -> blob.name().equals(name)).findFirst();
    }

    int dataOf(@Nullable String name) {
        return blob(name).map(Blob::data).orElse(0);
    }

    List<Archived> existing(boolean line) {
        return blobs.stream()
                .filter(blob -> !blob.gone() && line == blob.facts().epoch() > 0)
                .map(Blob::facts)
                .toList();
    }

    Transitions.Lookup lookup() {
        return Transitions.Lookup.of(
                name -> blob(name).filter(blob -> !blob.gone()).map(Blob::facts));
    }

    /// Is the holder's heartbeat too old?
    boolean holderStale() {
        if (document == null || document.holder() == null) {
            return false;
        }
        for (int i = 0; i < replicas.size(); i++) {
            if (id(i).equals(document.holder())) {
                return replicas.get(i).stale();
            }
        }
        return true;
    }

    World with(int i, Replica replica) {
        return new World(document, blobs, replaced(replicas, i, replica), writes, last, switched, budget);
    }

    World with(Budget left) {
        return new World(document, blobs, replicas, writes, last, switched, left);
    }

    World withBlobs(List<Blob> other) {
        return new World(document, other, replicas, writes, last, switched, budget);
    }

    World acknowledged(String name) {
        return withBlobs(blobs.stream()
                .map(blob -> blob.name().equals(name) ? blob.acked() : blob)
                .toList());
    }

    World deleted(String name) {
        return withBlobs(blobs.stream()
                .map(blob -> blob.name().equals(name) ? blob.deleted() : blob)
                .toList());
    }

    World put(Blob blob) {
        List<Blob> more = new ArrayList<>(blobs);
        more.add(blob);
        return withBlobs(List.copyOf(more));
    }

    /// Somebody wrote the document: what others have read is outdated.
    World written(@Nullable LineageDocument next) {
        return new World(
                next, blobs, replicas.stream().map(Replica::outdated).toList(), writes, last, switched, budget);
    }

    World served(int by, int moreWrites, boolean nowSwitched) {
        return new World(document, blobs, replicas, writes + moreWrites, by, switched || nowSwitched, budget);
    }

    private static <T> List<T> replaced(List<T> items, int at, T item) {
        List<T> copy = new ArrayList<>(items);
        copy.set(at, item);
        return List.copyOf(copy);
    }
}
