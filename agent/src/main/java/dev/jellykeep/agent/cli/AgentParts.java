package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.backup.Backup;
import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Presence;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.agent.restore.DocumentCare;
import dev.jellykeep.agent.restore.IdentityFile;
import dev.jellykeep.agent.restore.LocalData;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.agent.run.AppExit;
import dev.jellykeep.agent.run.HealthProbe;
import dev.jellykeep.agent.run.WatchedExit;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/// What `backup` and `run` are made of, for one data root that this process has locked.
///
/// @param first what the lineage was when this began
/// @param document reads the lineage document, and makes it anew where it is lost
/// @param known false: the data have no identity although the lineage has archives, so archives are forks only
record AgentParts(
        DataRoot root,
        BlobStore store,
        LineageStore lineage,
        ReplicaIdentity identity,
        boolean known,
        Reading.Present first,
        Saver saver,
        HealthProbe probe,
        AppExit exit,
        Supplier<Reading.Present> document) {
    private static final String UNKNOWN = "unknown.json";

    static AgentParts assemble(
            Invocation invocation,
            DataRoot root,
            BlobStore store,
            Workspace workspace,
            LongFunction<Progress> progress) {
        Settings settings = invocation.settings();
        LineageStore lineage = new LineageStore(store, settings.run().staleAfter());
        LocalData local = LocalInspection.look(root);
        if (local instanceof LocalData.Empty(ReplicaIdentity started) && started != null) {
            throw new AgentException(
                    Reason.UNKNOWN_DATA,
                    "the restore into " + root.path() + " did not get to its end, so there is nothing to save: run"
                            + " `jellykeep restore` first");
        }
        Reading.Present reading = DocumentCare.ensure(
                store, lineage, local, RestoreCommand.expectation(invocation), invocation.journal());
        boolean known = true;
        ReplicaIdentity identity;
        try {
            if (local instanceof LocalData.Ours(ReplicaIdentity ours, boolean _)) {
                identity = ours;
            } else if (reading.document().hasNoArchives()) {
                identity = new ReplicaIdentity(
                        UUID.randomUUID(), reading.document().lineage(), null, null, true);
                IdentityFile.write(root, identity);
            } else {
                known = false;
                identity = new ReplicaIdentity(
                        unknownId(workspace), reading.document().lineage(), null, null, true);
            }
        } catch (IOException e) {
            throw new AgentException(Reason.IO, "the identity in " + root.own() + " can't be written: " + e, e);
        }
        requireSameLineage(identity, reading, store);
        return parts(invocation, root, store, workspace, progress, lineage, identity, known, reading);
    }

    private static void requireSameLineage(ReplicaIdentity identity, Reading.Present reading, BlobStore store) {
        if (!identity.lineage().equals(reading.document().lineage())) {
            throw new AgentException(
                    Reason.LINEAGE,
                    "the data here belong to lineage " + identity.lineage() + ", but " + store.describe() + " holds "
                            + reading.document().lineage() + ": check container and prefix");
        }
    }

    private static AgentParts parts(
            Invocation invocation,
            DataRoot root,
            BlobStore store,
            Workspace workspace,
            LongFunction<Progress> progress,
            LineageStore lineage,
            ReplicaIdentity identity,
            boolean known,
            Reading.Present first) {
        Settings settings = invocation.settings();
        HealthProbe probe = new HealthProbe(settings.app().health(), root);
        // a variable of the template may be older than the image
        Optional<String> stated = Optional.ofNullable(
                invocation.revision() == null ? settings.app().version() : null);
        Backup backup = new Backup(
                new Backup.Surroundings(
                        root,
                        settings.globs().globs(root.roles().data()),
                        settings.guards(),
                        settings.injection().ephemeralQuota(),
                        () -> probe.toldVersion().or(() -> stated),
                        invocation.agent(),
                        Invocation.threads(),
                        invocation.clock(),
                        invocation.journal(),
                        progress),
                store,
                workspace);
        return new AgentParts(
                root,
                store,
                lineage,
                identity,
                known,
                first,
                new Saver(store, lineage, backup, identity, known, invocation.journal()),
                probe,
                new WatchedExit(probe, root, backup::databases),
                () -> DocumentCare.ensure(
                        store,
                        lineage,
                        known ? new LocalData.Ours(identity, true) : new LocalData.Unknown(),
                        RestoreCommand.expectation(invocation),
                        invocation.journal()));
    }

    /// The id under which data without identity are kept as forks; the same one as long as the data root lives.
    private static UUID unknownId(Workspace workspace) throws IOException {
        Path file = workspace.file(UNKNOWN);
        if (Presence.isThere(file)) {
            try {
                return JsonObject.parse(Files.readAllBytes(file), UNKNOWN).uuid("replica");
            } catch (JsonFormatException e) {
                Files.delete(file);
            }
        }
        UUID id = UUID.randomUUID();
        Files.write(file, new JsonFields().put("replica", id).toBytes());
        return id;
    }

    String me() {
        return identity.replica().toString();
    }
}
