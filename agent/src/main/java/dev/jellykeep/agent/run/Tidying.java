package dev.jellykeep.agent.run;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.retention.RetentionRules;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Catalogue;
import org.jspecify.annotations.Nullable;

/// What is cleared away after a backup. What can't be now, is after the next.
final class Tidying {
    private static final int SUSPECTS_PER_REASON = 3;

    private final BlobStore store;
    private final Pruner pruner;
    private final String me;
    private final Journal journal;

    Tidying(BlobStore store, Pruner pruner, String me, Journal journal) {
        this.store = store;
        this.pruner = pruner;
        this.me = me;
        this.journal = journal;
    }

    void dropOldSuspects() {
        try {
            pruner.dropOldSuspects(Catalogue.of(store), SUSPECTS_PER_REASON);
        } catch (StoreException e) {
            journal.warn("old suspects stay for now", "why", String.valueOf(e.getMessage()));
        }
    }

    /// @param rules null: retention settings are wrong, so nothing is pruned
    void afterPromotion(@Nullable RetentionRules rules) {
        if (rules == null) {
            return;
        }
        dropOldSuspects();
        try {
            pruner.prune(me, rules);
        } catch (StoreException | AgentException e) {
            journal.warn("pruning put off", "why", String.valueOf(e.getMessage()));
        }
    }
}
