package dev.jellykeep.agent.run;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// What is asked of the agents through `control/`. A token request is put once and never deleted. What this process
/// finds at its first look is open unless this replica has answered it or the head is younger, by the service's clock;
/// what comes later is open until it is answered, since a backup that began before it says nothing of it.
public final class Requests {
    private static final int FORMAT = 1;

    private final BlobStore store;
    private final Set<String> settled = new HashSet<>();
    private boolean looked;

    public Requests(BlobStore store) {
        this.store = store;
    }

    /// Names of open backup requests, in order of their names.
    ///
    /// @param answers this replica's, maybe of an earlier process
    List<String> openBackups(LineageDocument document, List<ReplicaReport.Answer> answers) {
        List<BlobFacts> asked = new ArrayList<>();
        store.list(BlobLayout.CONTROL, blob -> {
            if (BlobLayout.classify(blob.name()) instanceof BlobName.Control(String _, RequestKind kind)
                    && kind == RequestKind.BACKUP
                    && !settled.contains(blob.name())
                    && (looked
                            || answers.stream()
                                    .noneMatch(answer -> answer.request().equals(blob.name())))) {
                asked.add(blob);
            }
        });
        if (!looked) {
            settleOld(document, answers, asked);
            looked = true;
        }
        return asked.stream().map(BlobFacts::name).toList();
    }

    private void settleOld(LineageDocument document, List<ReplicaReport.Answer> answers, List<BlobFacts> asked) {
        answers.forEach(answer -> settled.add(answer.request()));
        if (asked.isEmpty()) {
            return;
        }
        Optional<Instant> head =
                document.head().map(Listed::name).flatMap(store::facts).map(BlobFacts::lastModified);
        asked.removeIf(
                blob -> head.filter(at -> at.isAfter(blob.lastModified())).isPresent() && settled.add(blob.name()));
    }

    /// What a backup that answers these is made for: one that was asked for before a rollout is kept longer.
    ArchiveKind kindOf(List<String> requests) {
        boolean rollout = requests.stream()
                .anyMatch(request -> store.read(request)
                        .map(blob -> kind(blob.content()).equals(ArchiveKind.PRE_ROLLOUT.wireName()))
                        .orElse(false));
        return rollout ? ArchiveKind.PRE_ROLLOUT : ArchiveKind.REQUESTED;
    }

    private static String kind(byte[] request) {
        try {
            return Objects.requireNonNullElse(
                    JsonObject.parse(request, "a request").optText("kind"), "");
        } catch (JsonFormatException e) {
            return "";
        }
    }

    /// These have been answered.
    void settled(List<String> requests) {
        settled.addAll(requests);
    }

    /// Asks whoever runs for a backup. A value counts once, ever.
    ///
    /// @return the request's blob name
    public String askBackup(String value) {
        String name = BlobLayout.request(RequestKind.BACKUP, value);
        store.putIfAbsent(
                name, new JsonFields().put("format", FORMAT).put("value", value).toBytes(), Map.of());
        return name;
    }

    /// Are scheduled backups paused?
    boolean suspended() {
        return store.read(BlobLayout.SUSPEND)
                .map(blob -> {
                    try {
                        return JsonObject.parse(blob.content(), BlobLayout.SUSPEND)
                                .flag("suspend", false);
                    } catch (JsonFormatException e) {
                        return false;
                    }
                })
                .orElse(false);
    }

    /// The report of a replica, if there is one that can be read.
    public Optional<ReplicaReport> report(String replica) {
        return store.read(BlobLayout.status(replica)).flatMap(blob -> ReplicaReport.parse(blob.content()));
    }
}
