package dev.jellykeep.agent.run;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.request.TokenRequest;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is asked of the agents through `control/`. A token request is put once and never deleted. What this process
/// finds at its first look is open unless this replica has answered it or the head is younger, by the service's clock;
/// what comes later is open until it is answered, since a backup that began before it says nothing of it.
public final class Requests {
    private final BlobStore store;
    private final Set<String> settled = new HashSet<>();
    private final List<BlobFacts> drills = new ArrayList<>();
    private final Set<String> yields = new HashSet<>();
    private boolean looked;
    private @Nullable BlobFacts accept;

    public Requests(BlobStore store) {
        this.store = store;
    }

    /// Names of open backup requests, in order of their names.
    ///
    /// @param answers this replica's, maybe of an earlier process
    List<String> openBackups(LineageDocument document, List<ReplicaReport.Answer> answers) {
        List<BlobFacts> asked = new ArrayList<>();
        accept = null;
        drills.clear();
        yields.clear();
        store.list(BlobLayout.CONTROL, blob -> {
            if (blob.name().equals(BlobLayout.ACCEPT)) {
                accept = blob;
            } else if (BlobLayout.classify(blob.name()) instanceof BlobName.Control(String _, RequestKind kind)
                    && !settled.contains(blob.name())) {
                boolean answered =
                        answers.stream().anyMatch(answer -> answer.request().equals(blob.name()));
                if (kind == RequestKind.YIELD && !answered) {
                    yields.add(blob.name());
                } else if (kind == RequestKind.DRILL) {
                    drills.add(blob);
                } else if (kind == RequestKind.BACKUP && (looked || !answered)) {
                    asked.add(blob);
                }
            }
        });
        if (!looked) {
            settleOld(document, answers, asked);
            settleDrills();
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
        return requests.stream()
                .flatMap(request -> store.read(request).stream())
                .flatMap(blob -> TokenRequest.archiveOf(blob.content()).stream())
                .findFirst()
                .orElse(ArchiveKind.REQUESTED);
    }

    /// What was asked before the last proof has its answer in that.
    private void settleDrills() {
        drills.removeIf(blob -> settled.contains(blob.name()));
        if (drills.isEmpty()) {
            return;
        }
        Optional<Instant> proven = store.facts(BlobLayout.PROOF).map(BlobFacts::lastModified);
        drills.removeIf(
                blob -> proven.filter(at -> at.isAfter(blob.lastModified())).isPresent() && settled.add(blob.name()));
    }

    /// Names of the open requests for drills that the last look for backup requests has shown.
    List<String> openDrills() {
        return drills.stream().map(BlobFacts::name).toList();
    }

    /// The wish to accept a suspect that the last look for backup requests has shown, if it is open: until it is
    /// answered, whatever comes between.
    ///
    /// @param answers this replica's, maybe of an earlier process
    Optional<Accept> openAccept(List<ReplicaReport.Answer> answers) {
        BlobFacts listed = accept;
        if (listed == null || settled.contains(listed.name() + listed.etag())) {
            return Optional.empty();
        }
        Optional<Accept> wish = store.read(BlobLayout.ACCEPT).flatMap(blob -> Accept.parse(blob.content()));
        boolean answered = wish.filter(each ->
                        answers.stream().anyMatch(answer -> answer.request().equals(each.request())))
                .isPresent();
        if (answered || wish.isEmpty()) {
            settled.add(listed.name() + listed.etag());
            return Optional.empty();
        }
        return wish;
    }

    /// Asks the replica that holds the lineage to make a refused snapshot of its own the head.
    public void askAccept(Accept wish) {
        String _ = store.put(BlobLayout.ACCEPT, wish.toBytes(), Map.of());
    }

    /// These have been answered.
    void settled(List<String> requests) {
        settled.addAll(requests);
    }

    /// Whether the last look for backup requests has shown that this replica is asked to yield, and it hasn't answered.
    boolean yieldAsked(String me) {
        return yields.contains(yielding(me));
    }

    /// Whether this replica is asked to yield, by a look of its own.
    boolean mustYield(String me) {
        return store.facts(yielding(me)).isPresent();
    }

    /// The blob by which a replica is asked to leave the lineage to another. It is asked once, and for good.
    static String yielding(String replica) {
        return BlobLayout.request(RequestKind.YIELD, replica);
    }

    /// Asks a replica to leave the lineage to another.
    ///
    /// @return the request's blob name
    public String askYield(String replica) {
        return ask(new TokenRequest(RequestKind.YIELD, replica));
    }

    /// Asks whoever runs for a backup. A value counts once, ever.
    ///
    /// @return the request's blob name
    public String askBackup(String value) {
        return ask(new TokenRequest(RequestKind.BACKUP, value));
    }

    private String ask(TokenRequest request) {
        store.putIfAbsent(request.name(), request.toBytes(), Map.of());
        return request.name();
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

    /// What a replica has answered to a request last; empty: nothing yet.
    public Optional<ReplicaReport.Answer> answer(String replica, String request) {
        return report(replica)
                .flatMap(report -> report.answers().stream()
                        .filter(each -> each.request().equals(request))
                        .reduce((_, last) -> last));
    }

    /// The report of a replica, if there is one that can be read.
    public Optional<ReplicaReport> report(String replica) {
        return store.read(BlobLayout.status(replica)).flatMap(blob -> ReplicaReport.parse(blob.content()));
    }
}
