package dev.jellykeep.agent.cli;

import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoredBlob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What replicas say of themselves in `status/`.
final class Heartbeats {
    private Heartbeats() {}

    /// Of all that can be read, the latest first.
    static List<Protection.Replica> all(BlobStore store) {
        List<String> names = new ArrayList<>();
        store.list(BlobLayout.STATUS, blob -> names.add(blob.name()));
        List<Protection.Replica> replicas = new ArrayList<>();
        for (String name : names) {
            Optional<StoredBlob> blob = store.read(name);
            blob.flatMap(found -> ReplicaReport.parse(found.content())
                            .map(report -> new Protection.Replica(report, found.age())))
                    .ifPresent(replicas::add);
        }
        replicas.sort(Comparator.comparing(Protection.Replica::age));
        return replicas;
    }

    /// Of those that haven't ended and were heard of within that time.
    static List<Protection.Replica> alive(BlobStore store, Duration heardOf) {
        return all(store).stream().filter(each -> each.alive(heardOf)).toList();
    }
}
