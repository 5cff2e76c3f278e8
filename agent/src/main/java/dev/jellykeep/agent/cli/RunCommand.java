package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.archive.Limits;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.DiskSpace;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.agent.report.WebNotices;
import dev.jellykeep.agent.restore.Drill;
import dev.jellykeep.agent.run.DrillTool;
import dev.jellykeep.agent.run.Heartbeat;
import dev.jellykeep.agent.run.ManagementServer;
import dev.jellykeep.agent.run.Patience;
import dev.jellykeep.agent.run.ReportBoard;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.agent.run.Sidecar;
import dev.jellykeep.agent.run.SidecarAttempts;
import dev.jellykeep.agent.run.StopSignal;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.contract.settings.Concern;
import dev.jellykeep.contract.settings.Problem;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.BlobStore;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/// `run`: the sidecar. Nothing is fatal here: a sidecar that exits makes a healthy server unready.
final class RunCommand implements Command {
    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Backs up on a schedule, on request and on SIGTERM; prunes; serves /livez and /readyz.";
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) {
        StopSignal stop = new StopSignal();
        invocation.outside().onStop().accept(stop::tell);
        invocation.parsed().unknown().forEach(unknown -> invocation.journal().warn(unknown.sentence()));
        invocation
                .parsed()
                .problems()
                .forEach(problem -> invocation.journal().error("setting ignored: " + problem.sentence()));
        try (ManagementServer _ =
                ManagementServer.start(invocation.settings().run().managementPort(), invocation.journal())) {
            new SidecarAttempts(stop, invocation.settings().run().grace(), Ticker.ofMachine(), invocation.journal())
                    .run(() -> work(invocation, stop));
        }
        return ExitCode.OK;
    }

    private static void work(Invocation invocation, StopSignal stop) {
        Settings settings = invocation.settings();
        DataRoot root = invocation.dataRoot();
        try (BlobStore store =
                        invocation.openStore(new Patience(stop, settings.run().grace())::now, false);
                Workspace workspace = Workspace.lock(root)
                        .orElseThrow(() -> new AgentException(
                                Reason.IN_USE,
                                "another agent works on " + root.path() + ": two can't share one data root"))) {
            AgentParts parts = AgentParts.assemble(
                    invocation, root, store, workspace, bytes -> invocation.progress("backing up", bytes));
            if (!parts.known()) {
                invocation
                        .journal()
                        .error("the data here have no identity although there are backups (UNKNOWN_DATA): what is"
                                + " saved from here is kept as forks only");
            }
            try (WebNotices notices =
                    new WebNotices(settings.notices(), who(settings), invocation.webRequest(), invocation.journal())) {
                ReportBoard board = new ReportBoard(firstReport(invocation, parts), invocation.clock(), notices);
                try (Heartbeat _ = Heartbeat.start(board, store, settings.run().heartbeat(), invocation.journal())) {
                    sidecar(invocation, parts, board, drills(invocation, parts, workspace))
                            .run(stop);
                }
            }
        }
    }

    /// The policy, else the last part of the app's id, else the program.
    private static String who(Settings settings) {
        String policy = settings.injection().policy();
        AppResourceId app = settings.app().app();
        return policy != null
                ? "Jellyfin backup of " + policy
                : app != null
                        ? "Jellyfin backup of "
                                + app.value().substring(app.value().lastIndexOf('/') + 1)
                        : "Jellyfin backup";
    }

    private static ReplicaReport firstReport(Invocation invocation, AgentParts parts) {
        Settings settings = invocation.settings();
        ReplicaReport before = new Requests(parts.store()).report(parts.me()).orElse(null);
        ReportDraft draft = ReportDraft.of(ReportDraft.blank(
                        parts.me(),
                        settings.injection().replicaName(),
                        "waiting-for-app",
                        invocation.agent(),
                        settings.app().version(),
                        parts.store().credentialExpiry().orElse(null)))
                .problems(invocation.parsed().problems().stream()
                        .map(Problem::sentence)
                        .toList());
        if (before != null) {
            draft.restore(before.restore()).unsavedSince(before.unsavedSince());
            before.answers().forEach(draft::answer);
            if (before.lastBackup() != null) {
                draft.lastBackup(before.lastBackup());
            }
        }
        Instant said = before == null ? null : before.writtenAt();
        return said == null ? draft.build() : draft.build().at(said);
    }

    private static DrillTool drills(Invocation invocation, AgentParts parts, Workspace workspace) {
        Settings settings = invocation.settings();
        Drill drill = new Drill(
                parts.store(),
                Limits.of(
                        settings.limits().maxArchiveEntries(), settings.limits().maxArchiveSize()),
                settings.injection().ephemeralQuota(),
                () -> DiskSpace.used(parts.root().path()),
                invocation.clock(),
                invocation.agent());
        return new DrillTool(parts.store(), workspace, drill, invocation.journal());
    }

    private static Sidecar sidecar(Invocation invocation, AgentParts parts, ReportBoard board, DrillTool drills) {
        Settings settings = invocation.settings();
        Sidecar.Tools tools = new Sidecar.Tools(
                parts.store(),
                parts.lineage(),
                parts.document(),
                parts.saver(),
                new Pruner(parts.store(), parts.lineage(), invocation.journal()),
                new Requests(parts.store()),
                parts.probe(),
                parts.exit(),
                board,
                new Schedule(settings.schedule().interval(), settings.schedule().initialDelay()),
                parts.known(),
                invocation.parsed().hasProblem(Concern.RETENTION) ? null : settings.retention(),
                settings.run().poll(),
                settings.run().grace(),
                List.copyOf(board.current().problems()),
                invocation.journal(),
                invocation.clock(),
                Ticker.ofMachine(),
                new Random(),
                drills);
        return new Sidecar(tools, parts.me(), parts.first());
    }
}
