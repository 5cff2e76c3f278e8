package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.restore.DiskTarget;
import dev.jellykeep.agent.restore.Expectation;
import dev.jellykeep.agent.restore.HandOff;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.agent.restore.Opener;
import dev.jellykeep.agent.restore.Restore;
import dev.jellykeep.agent.restore.RestoreOutcome;
import dev.jellykeep.agent.restore.RestoreReport;
import dev.jellykeep.agent.restore.RestoreTarget;
import dev.jellykeep.agent.restore.Stager;
import dev.jellykeep.agent.snapshot.DatabaseCheck;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.settings.OnNoBackup;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `restore`: puts the newest good archive into an empty data root, or proves that there is none.
final class RestoreCommand implements Command {
    /// Reports of failures before there is an identity go under one id, however often a restore is tried.
    private static final class ThisProcess {
        private static final UUID ID = UUID.randomUUID();
    }

    private static final Duration AT_PROMPT = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String summary() {
        return "Puts the newest good archive into an empty data root, or proves that there is none.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--init")
                .type(boolean.class)
                .arity("0")
                .description("As init container: keep trying until --restore-timeout has passed without progress.")
                .build());
        spec.addOption(OptionSpec.builder("--archive")
                .type(String.class)
                .arity("1")
                .paramLabel("NAME")
                .description("Restore this archive in place of the newest.")
                .build());
        spec.addOption(Options.accept());
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        if (invocation.flag("--init")) {
            return untilTimeout(invocation);
        }
        invocation.requireGoodSettings();
        AtomicLong progressed = new AtomicLong(System.nanoTime());
        return say(invocation, attempt(invocation, AT_PROMPT, handOff(invocation), progressed));
    }

    private static ExitCode untilTimeout(Invocation invocation) {
        invocation.parsed().unknown().forEach(unknown -> invocation.journal().warn(unknown.sentence()));
        AtomicLong progressed = new AtomicLong(System.nanoTime());
        HandOff handOff = handOff(invocation);
        Duration timeout = invocation.settings().restore().timeout();
        for (int attempt = 1; ; attempt++) {
            String reason;
            String why;
            ExitCode code;
            try {
                if (!invocation.parsed().problems().isEmpty()) {
                    throw new AgentException(
                            Reason.USAGE,
                            invocation.parsed().problems().getFirst().sentence());
                }
                return say(invocation, attempt(invocation, min(timeout, AT_PROMPT), handOff, progressed));
            } catch (AgentException e) {
                reason = e.reason().name();
                why = String.valueOf(e.getMessage());
                code = ExitCode.of(e.reason());
            } catch (StoreException e) {
                reason = e.kind().name();
                why = String.valueOf(e.getMessage());
                code = ExitCode.of(e.kind());
            } catch (RuntimeException e) {
                reason = "UNEXPECTED";
                why = e + ": please report this";
                code = ExitCode.UNEXPECTED;
            }
            Duration idle = Duration.ofNanos(System.nanoTime() - progressed.get());
            Duration pause = Attempts.pauseAfter(attempt);
            if (idle.plus(pause).compareTo(timeout) > 0) {
                invocation.err().println("JELLYKEEP RESTORE FAILED " + reason + ": " + why);
                return code;
            }
            invocation
                    .journal()
                    .warn("restore attempt failed", "attempt", attempt, "reason", reason, "why", why, "againIn", pause);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause.toMillis()));
        }
    }

    private static Duration min(Duration left, Duration right) {
        return left.compareTo(right) < 0 ? left : right;
    }

    private static HandOff handOff(Invocation invocation) {
        return new HandOff(invocation.settings().restore().handoffTimeout(), Ticker.ofMachine(), invocation.journal());
    }

    private static RestoreOutcome attempt(
            Invocation invocation, Duration patience, HandOff handOff, AtomicLong progressed) {
        Settings settings = invocation.settings();
        DataRoot root = invocation.dataRoot();
        requireFolder(root);
        try (BlobStore store = invocation.openStore(patience, !invocation.flag("--init"));
                Workspace workspace = Workspace.lock(root)
                        .orElseThrow(() -> new AgentException(
                                Reason.IN_USE,
                                "another agent works on " + root.path() + ": stop it before you restore"))) {
            LineageStore lineage = new LineageStore(store, settings.run().staleAfter());
            Stager stager = invocation.stager(
                    store,
                    settings.injection().ephemeralQuota(),
                    DatabaseCheck.Depth.PROVEN,
                    bytes -> resetting(invocation.progress("restoring", bytes), progressed));
            RestoreReport report = new RestoreReport(store, invocation.clock(), invocation.journal());
            RestoreTarget target = new DiskTarget(
                    root, stager, workspace, invocation.journal(), invocation.clock(), Invocation.asRoot());
            Restore restore = new Restore(new Restore.Tools(
                    target, store, lineage, handOff, invocation.journal(), invocation.clock(), UUID::randomUUID));
            try {
                RestoreOutcome outcome = restore.attempt(expectation(invocation));
                report.succeeded(outcome, settings, invocation.agent());
                return outcome;
            } catch (AgentException e) {
                report.failed(replica(root), e, settings, invocation.agent());
                throw e;
            }
        }
    }

    private static UUID replica(DataRoot root) {
        try {
            return LocalInspection.identity(root).map(ReplicaIdentity::replica).orElse(ThisProcess.ID);
        } catch (IOException | AgentException e) {
            return ThisProcess.ID;
        }
    }

    private static void requireFolder(DataRoot root) {
        if (!Files.isDirectory(root.path())) {
            throw new AgentException(
                    Reason.USAGE,
                    "there is no folder " + root.path()
                            + ": mount the data volume there, or correct --data-dir and --config-dir");
        }
    }

    private static Progress resetting(Progress inner, AtomicLong progressed) {
        return done -> {
            progressed.set(System.nanoTime());
            inner.at(done);
        };
    }

    static Expectation expectation(Invocation invocation) {
        Settings settings = invocation.settings();
        var lineage = settings.app().lineage();
        var app = settings.app().app();
        return new Expectation(
                lineage == null ? null : lineage.value(),
                app == null ? null : app.value(),
                settings.restore().onNoBackup() == OnNoBackup.START_EMPTY,
                invocation.text("--archive"),
                null,
                opener(invocation),
                invocation.accepted());
    }

    /// As init container only what is written of this very revision counts: the image may have been changed since a
    /// variable was written into the template.
    private static Opener opener(Invocation invocation) {
        Settings settings = invocation.settings();
        String version = settings.app().version();
        String revision = invocation.revision();
        return new Opener(
                revision == null ? JellyfinVersion.parse(version).orElse(null) : null,
                settings.app().migration(),
                revision,
                revision == null ? null : version);
    }

    private static ExitCode say(Invocation invocation, RestoreOutcome outcome) {
        switch (outcome) {
            case RestoreOutcome.Kept kept ->
                invocation
                        .journal()
                        .info(
                                "data kept: it is already there",
                                "replica",
                                kept.identity().replica());
            case RestoreOutcome.StartedEmpty empty ->
                invocation
                        .journal()
                        .info(
                                "there never was a backup: starting empty",
                                "lineage",
                                empty.identity().lineage());
            case RestoreOutcome.Restored done -> {
                List<String> refused = done.refused();
                invocation
                        .journal()
                        .info(
                                "restored",
                                "archive",
                                done.archive(),
                                "users",
                                done.users(),
                                "entries",
                                done.entries(),
                                "size",
                                ByteText.of(done.bytes()),
                                "ms",
                                done.timings().total().toMillis(),
                                "skippedNewer",
                                refused.size());
                if (!done.left().isEmpty()) {
                    invocation
                            .journal()
                            .warn(
                                    "parts of the archive were not placed",
                                    "count",
                                    done.left().size(),
                                    "first",
                                    done.left().getFirst());
                }
            }
        }
        return ExitCode.OK;
    }
}
