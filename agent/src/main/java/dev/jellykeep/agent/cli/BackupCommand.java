package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.backup.Saved;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.agent.run.HealthProbe;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Model.CommandSpec;

/// `backup`: one backup now. Beside a running agent it asks that one; without one it acts where nobody alive holds.
final class BackupCommand implements Command {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);
    /// What a person may overrule for a promotion.
    private static final Set<Reason> PROMOTABLE = Set.of(Reason.SHRINK, Reason.MIN_SIZE);

    private static final Duration STILL = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String summary() {
        return "Makes one backup now.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.accept());
        spec.addOption(Options.output());
    }

    @Override
    public boolean needsAll() {
        return true;
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException {
        invocation.requireGoodSettings();
        DataRoot root = invocation.dataRoot();
        requireJellyfin(root, invocation.settings().guards().anyData());
        try (BlobStore store = invocation.openStore(PATIENCE, true)) {
            Optional<Workspace> workspace = Workspace.lock(root);
            return workspace.isEmpty()
                    ? ask(invocation, root, store)
                    : saveAndUnlock(invocation, root, store, workspace.get());
        }
    }

    private static ExitCode saveAndUnlock(Invocation invocation, DataRoot root, BlobStore store, Workspace workspace) {
        try (workspace) {
            AgentParts parts = AgentParts.assemble(
                    invocation, root, store, workspace, bytes -> invocation.progress("backing up", bytes));
            return save(invocation, parts);
        }
    }

    static void requireJellyfin(DataRoot root, boolean anyData) throws IOException {
        if (!Files.isDirectory(root.path())) {
            throw new AgentException(
                    Reason.USAGE, "there is no folder " + root.path() + ": correct --data-dir and --config-dir");
        }
        if (!anyData && !LocalInspection.hasData(root)) {
            throw new AgentException(
                    Reason.NOT_JELLYFIN,
                    root.path() + " does not hold Jellyfin's data (no "
                            + root.roles().mainDatabase() + ", no "
                            + root.roles().systemXml()
                            + "): correct --data-dir and --config-dir, or say --any-data to save it all the same");
        }
    }

    private static ExitCode save(Invocation invocation, AgentParts parts) {
        boolean portClosed = closed(parts.probe());
        long asked = System.nanoTime();
        StillWriting before = parts.exit().look();
        if (parts.known()) {
            parts.lineage()
                    .apply(at -> Transitions.claim(
                            at.document(), parts.me(), parts.lineage().holderIsStale(at), true));
        }
        Saved saved = null;
        try {
            saved = parts.saver().save(ArchiveKind.MANUAL, invocation.accepted(), false, () -> false);
        } finally {
            boolean all = saved instanceof Saved.Promoted || saved instanceof Saved.Unchanged;
            giveBack(parts, all && portClosed, asked, before);
        }
        return say(invocation, saved, Duration.ofNanos(System.nanoTime() - asked));
    }

    private static boolean closed(HealthProbe probe) {
        return !probe.canAsk() || probe.ask() == HealthProbe.Answer.REFUSED;
    }

    /// Ends sealed only if nothing can still be writing, else with no holder.
    ///
    /// @param maySeal all that was here is saved, and the app's port was closed
    private static void giveBack(AgentParts parts, boolean maySeal, long asked, StillWriting before) {
        boolean mayBeGone = maySeal && before.isOlderThan(STILL, Instant.now());
        if (mayBeGone && parts.probe().canAsk()) {
            long left = TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - asked);
            LockSupport.parkNanos(Math.max(0, left));
        }
        boolean gone = mayBeGone && closed(parts.probe());
        parts.lineage()
                .apply(at -> gone && !parts.exit().look().movedSince(before)
                        ? Transitions.seal(at.document(), parts.me(), null)
                        : Transitions.letGo(at.document(), parts.me()));
    }

    private static ExitCode say(Invocation invocation, Saved saved, Duration took) {
        JsonFields json = new JsonFields().put("millis", took.toMillis());
        ExitCode code;
        String words;
        switch (saved) {
            case Saved.Promoted(LineageDocument _, String name, ArchiveFacts facts, long compressed) -> {
                json.put("result", "promoted").put("archive", name).put("bytes", facts.bytes());
                words = name + " is the head: " + size(facts, compressed, took);
                code = ExitCode.OK;
            }
            case Saved.Forked(LineageDocument document, String name, ArchiveFacts facts, long compressed) -> {
                json.put("result", "fork").put("archive", name).put("bytes", facts.bytes());
                words = name + " is stored beside the line, since "
                        + (document.holder() == null
                                ? "the data here have no identity of ours"
                                : "replica " + document.holder() + " holds the lineage")
                        + ": " + size(facts, compressed, took);
                code = ExitCode.STORED_AS_FORK;
            }
            case Saved.Unchanged(LineageDocument _, var tip) -> {
                json.put("result", "unchanged").put("archive", tip);
                words = "nothing has changed since " + tip + ": nothing uploaded";
                code = ExitCode.OK;
            }
            case Saved.Refused(LineageDocument _, Reason reason, String sentence, var suspect) -> {
                json.put("result", "refused")
                        .put("reason", reason)
                        .put("why", sentence)
                        .put("suspect", suspect);
                words = "refused (" + reason + "): " + sentence
                        + (suspect == null ? "; nothing was stored" : "; kept as " + suspect)
                        + (PROMOTABLE.contains(reason) ? "; if that is right, say --accept " + reason : "");
                code = ExitCode.REFUSED;
            }
        }
        if (invocation.json()) {
            invocation.out().println(json);
        } else {
            invocation.out().println(words);
        }
        return code;
    }

    private static String size(ArchiveFacts facts, long compressed, Duration took) {
        return facts.entries() + " entries, " + ByteText.of(facts.bytes()) + " (" + ByteText.of(compressed)
                + " stored), " + facts.users() + " users, " + took.toMillis() + " ms";
    }

    /// Another agent has the data root: ask it through the store and wait for its answer. One that ends without, as a
    /// backup by hand does, leaves the data root to us.
    private static ExitCode ask(Invocation invocation, DataRoot root, BlobStore store) throws IOException {
        ReplicaIdentity identity = LocalInspection.identity(root)
                .orElseThrow(() -> new AgentException(
                        Reason.IN_USE,
                        "another agent works on " + root.path() + " and has not got to its end: wait for it"));
        Requests requests = new Requests(store);
        String request = requests.askBackup(UUID.randomUUID().toString());
        invocation.journal().info("asked the running agent for a backup", "request", request);
        List<Workspace> ours = new ArrayList<>();
        Optional<ReplicaReport.Answer> answer = Answers.awaitUnless(
                requests,
                identity.replica().toString(),
                request,
                ANSWER_WITHIN,
                "jellykeep status",
                () -> Workspace.lock(root).map(ours::add).orElse(false));
        if (answer.isEmpty()) {
            return saveAndUnlock(invocation, root, store, ours.getFirst());
        }
        ours.forEach(Workspace::close);
        return say(invocation, answer.get());
    }

    private static ExitCode say(Invocation invocation, ReplicaReport.Answer answer) {
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new JsonFields().put("result", answer.result()).put("archive", answer.archive()));
        } else {
            invocation
                    .out()
                    .println("the running agent answers: " + answer.result()
                            + (answer.archive() == null ? "" : ", " + answer.archive()));
        }
        return switch (answer.result()) {
            case "promoted", "unchanged" -> ExitCode.OK;
            case "fork" -> ExitCode.STORED_AS_FORK;
            default -> ExitCode.REFUSED;
        };
    }
}
