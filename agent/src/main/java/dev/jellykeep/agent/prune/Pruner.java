package dev.jellykeep.agent.prune;

import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.retention.Candidate;
import dev.jellykeep.contract.retention.Protected;
import dev.jellykeep.contract.retention.Retention;
import dev.jellykeep.contract.retention.RetentionRules;
import dev.jellykeep.contract.retention.Verdict;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.archives.Catalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Applies retention in two phases: names are doomed in the document first, by compare-and-swap, and only
/// then are blobs deleted, so that a pruner that lost the lineage meanwhile deletes nothing that another
/// needs.
public final class Pruner {
    /// Archives made in one second are named a second apart, so that names may run a little ahead of the clock.
    private static final Duration NAMES_LEAD = Duration.ofMinutes(1);

    private static final Duration REPORTS_STAY = Duration.ofDays(30);

    private final BlobStore store;
    private final LineageStore lineage;
    private final Journal journal;

    public Pruner(BlobStore store, LineageStore lineage, Journal journal) {
        this.store = store;
        this.lineage = lineage;
        this.journal = journal;
    }

    /// What retention says of each archive of the history, oldest first. Changes nothing.
    public List<Verdict> verdicts(LineageDocument document, Catalogue catalogue, RetentionRules rules) {
        List<Candidate> candidates = document.history().stream()
                .map(listed -> candidate(listed, catalogue))
                .toList();
        return Retention.decide(
                candidates, rules, store.serviceTime().plus(NAMES_LEAD), protectedNames(document, catalogue));
    }

    private static Candidate candidate(Listed listed, Catalogue catalogue) {
        Optional<ArchiveFacts> facts = catalogue.find(listed.name()).map(Catalogue.Item::facts);
        // The name is by the service's clock; what the agent noted inside is by its own, which may be hours wrong.
        Instant named = ArchiveName.parse(listed.name().substring(listed.name().lastIndexOf('/') + 1))
                .map(ArchiveName::time)
                .orElse(null);
        return facts.map(known -> new Candidate(listed.name(), named, known.kind(), known.migrationHead(), true))
                .orElseGet(() -> new Candidate(
                        listed.name(),
                        named,
                        null,
                        null,
                        catalogue
                                .find(listed.name())
                                .map(Catalogue.Item::adoptable)
                                .orElse(false)));
    }

    private Protected protectedNames(LineageDocument document, Catalogue catalogue) {
        List<Listed> history = document.history();
        String proven = proof().filter(name -> document.indexInHistory(name) >= 0)
                .filter(name -> catalogue.find(name).isPresent())
                .or(() -> history.reversed().stream()
                        .skip(1)
                        .map(Listed::name)
                        .filter(name -> catalogue.find(name).isPresent())
                        .findFirst())
                .orElse(null);
        return new Protected(
                document.head().map(Listed::name).orElse(null),
                proven,
                Set.copyOf(document.holds()),
                rolloutNames(history));
    }

    /// The archive that was last restored, in earnest or for a try, and was whole.
    private Optional<String> proof() {
        return store.read(BlobLayout.PROOF)
                .flatMap(blob -> Proof.parse(blob.content()))
                .filter(Proof::good)
                .map(Proof::archive);
    }

    /// All, where it can't be known which.
    private Set<String> rolloutNames(List<Listed> history) {
        return store.read(BlobLayout.ROLLOUT)
                .map(blob -> {
                    try {
                        return Set.copyOf(JsonObject.parse(blob.content(), BlobLayout.ROLLOUT)
                                .texts("archives"));
                    } catch (JsonFormatException e) {
                        journal.warn(
                                "every archive stays, since the rollout document, which may name any of them, can't be"
                                        + " read: delete the blob once no rollout is under way",
                                "blob",
                                BlobLayout.ROLLOUT,
                                "why",
                                String.valueOf(e.getMessage()));
                        return history.stream().map(Listed::name).collect(Collectors.toUnmodifiableSet());
                    }
                })
                .orElse(Set.of());
    }

    /// Dooms and deletes what retention drops, and finishes what an earlier holder had doomed.
    ///
    /// @param me the holder
    /// @return names of the blobs that are gone
    public Set<String> prune(String me, RetentionRules rules) {
        Catalogue catalogue = Catalogue.of(store);
        LineageDocument document = lineage.require().document();
        List<String> drop = verdicts(document, catalogue, rules).stream()
                .filter(verdict -> !verdict.keep())
                .map(verdict -> verdict.candidate().name())
                .toList();
        LineageStore.Outcome doomed = lineage.apply(at -> Transitions.doom(at.document(), me, drop, rules.minimum()));
        if (doomed instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)) {
            journal.warn("nothing pruned", "why", why);
            return Set.of();
        }
        dropOldReports(doomed.document(), me);
        return finish(doomed.document());
    }

    private Set<String> finish(LineageDocument document) {
        Set<String> gone = new HashSet<>();
        for (String name : document.deleting()) {
            if (document.listed().noneMatch(listed -> listed.name().equals(name)) && delete(name)) {
                gone.add(name);
            }
        }
        if (!gone.isEmpty()) {
            lineage.apply(at -> Transitions.deleted(at.document(), gone));
            journal.info("pruned", "archives", gone.size());
        }
        return gone;
    }

    private boolean delete(String name) {
        DeleteOutcome outcome = deleteFolderOrBlob(name);
        if (outcome == DeleteOutcome.KEPT_BY_POLICY) {
            journal.info("kept by an immutability policy", "archive", name);
        }
        return outcome != DeleteOutcome.KEPT_BY_POLICY;
    }

    private DeleteOutcome deleteFolderOrBlob(String name) {
        if (ArchiveName.parse(name.substring(name.lastIndexOf('/') + 1)).isPresent()) {
            return store.delete(name);
        }
        Set<String> files = new HashSet<>();
        store.list(name + "/", (BlobFacts blob) -> files.add(blob.name()));
        boolean kept = false;
        for (String file : files) {
            kept |= store.delete(file) == DeleteOutcome.KEPT_BY_POLICY;
        }
        return kept ? DeleteOutcome.KEPT_BY_POLICY : DeleteOutcome.DELETED;
    }

    /// Removes reports that nobody has renewed for 30 days, the caller's own and those of fork owners aside.
    ///
    /// @param me the holder
    private void dropOldReports(LineageDocument document, String me) {
        Set<String> keep = new HashSet<>(Set.of(me));
        document.forks().forEach(fork -> keep.add(fork.owner()));
        Instant limit = store.serviceTime().minus(REPORTS_STAY);
        List<String> old = new ArrayList<>();
        store.list(BlobLayout.STATUS, blob -> {
            if (BlobLayout.classify(blob.name()) instanceof BlobName.Status(String replica)
                    && !keep.contains(replica)
                    && blob.lastModified().isBefore(limit)) {
                old.add(blob.name());
            }
        });
        old.forEach(store::delete);
    }

    /// Removes all but the newest suspects of each reason; one that was promoted since is no suspect any more.
    ///
    /// @param keep per reason
    public void dropOldSuspects(Catalogue catalogue, int keep) {
        LineageDocument document = lineage.require().document();
        List<Catalogue.Item> newestFirst = catalogue.suspects().reversed();
        java.util.Map<String, Integer> seen = new java.util.HashMap<>();
        for (Catalogue.Item suspect : newestFirst) {
            ArchiveFacts facts = suspect.facts();
            if (facts != null
                    && !document.names(suspect.blob().name())
                    && seen.merge(String.valueOf(facts.suspectReason()), 1, Integer::sum) > keep) {
                store.delete(suspect.blob().name());
            }
        }
    }
}
