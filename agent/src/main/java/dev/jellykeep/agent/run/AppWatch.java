package dev.jellykeep.agent.run;

import dev.jellykeep.agent.Ticker;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.store.BlobStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Whether the app has come up, and what it is.
final class AppWatch {
    private static final Duration NEVER_HEALTHY = Duration.ofMinutes(15);

    private final AppProbe probe;
    private final Ticker ticker;
    private final long startedAtNanos;
    private boolean healthy;
    private Optional<String> older = Optional.empty();
    private boolean judged;

    AppWatch(AppProbe probe, Ticker ticker) {
        this.probe = probe;
        this.ticker = ticker;
        this.startedAtNanos = ticker.nanos();
    }

    /// Asks it until it is healthy; true the one time that it has become so.
    boolean hasBecomeHealthy() {
        if (healthy || probe.ask() != HealthProbe.Answer.HEALTHY) {
            return false;
        }
        healthy = true;
        return true;
    }

    /// What it says of itself.
    void report(ReportBoard board, Instant now) {
        Optional<String> version = probe.askVersion();
        board.change(report -> {
            ReplicaReport.Restored restore = report.restore();
            return ReportDraft.of(report)
                    .appVersion(version.orElse(null))
                    .restore(restore == null || !probe.canAsk() ? restore : restore.recovered(now))
                    .build();
        });
    }

    /// Once, as soon as it has said what it is.
    void judge(LineageDocument document, BlobStore store) {
        if (isHealthy() && !judged) {
            older = OlderApp.judge(probe.toldVersion(), document, store);
            judged = true;
        }
    }

    boolean isHealthy() {
        return healthy;
    }

    /// Asked a last time: who has just been let in may have written, and the app may be told to stop a moment after.
    boolean hasBeenHealthy() {
        return isHealthy() || probe.ask() == HealthProbe.Answer.HEALTHY;
    }

    boolean isGivenUp() {
        return !isHealthy() && ticker.since(startedAtNanos).compareTo(NEVER_HEALTHY) > 0;
    }

    /// What is wrong with it, in sentences.
    void tell(Problems problems) {
        older.ifPresent(problems::tell);
        if (isGivenUp()) {
            problems.tell("the app has not been healthy for " + NEVER_HEALTHY.toMinutes()
                    + " min (AppNeverHealthy): check JELLYKEEP_APP_HEALTH_URL; until then backups are forks only");
        }
    }

    boolean isFine() {
        return !isGivenUp() && older.isEmpty();
    }
}
