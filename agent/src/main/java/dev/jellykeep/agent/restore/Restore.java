package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.DiskSpace;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Puts the newest good archive into an empty data root, or proves that there is none. Asks the plan, does
/// its step, and asks again until the plan is done. Fails closed: anything that goes wrong is an exception.
public final class Restore {
    private static final int MOST_STEPS = 25;

    private final Tools tools;
    private final List<String> refused = new ArrayList<>();
    private final Set<String> hopeless = new HashSet<>();
    private boolean anyHopelessIsBackup;

    /// What a restore works with.
    ///
    /// @param handOff shared with earlier attempts
    /// @param newReplica ids for new replicas
    public record Tools(
            RestoreTarget target,
            BlobStore store,
            LineageStore lineage,
            HandOff handOff,
            Journal journal,
            InstantSource clock,
            Supplier<UUID> newReplica) {}

    public Restore(Tools tools) {
        this.tools = tools;
    }

    /// One attempt. May be repeated after any failure, in this process or another.
    ///
    /// @throws AgentException if the plan refuses, or no archive can be used
    /// @throws StoreException if the store can't be used
    public RestoreOutcome attempt(Expectation expected) {
        try {
            return steps(expected);
        } catch (IOException e) {
            throw DiskSpace.failure("the restore into " + tools.target() + " failed", e);
        }
    }

    private RestoreOutcome steps(Expectation asked) throws IOException {
        long began = tools.clock().millis();
        for (int step = 0; step < MOST_STEPS; step++) {
            LocalData local = tools.target().look();
            Reading reading = tools.lineage().read();
            Set<String> control = new HashSet<>();
            Catalogue catalogue = Catalogue.of(tools.store(), blob -> {
                if (blob.name().equals(BlobLayout.RESTORE) || blob.name().equals(BlobLayout.APP)) {
                    control.add(blob.name());
                }
            });
            Expectation expected = told(asked, control);
            RestorePlan plan = RestorePlan.decide(
                    local,
                    reading,
                    catalogue,
                    expected,
                    hopeless,
                    anyHopelessIsBackup,
                    tools.store().describe());
            if (plan.wantsNewest(expected)
                    && reading instanceof Reading.Present present
                    && tools.handOff().await(tools.lineage(), present, me(local))) {
                continue;
            }
            RestoreOutcome outcome = step(plan, local, reading, catalogue, expected, began);
            if (outcome != null) {
                return outcome;
            }
        }
        throw new AgentException(
                Reason.STORE,
                "the lineage in " + tools.store().describe() + " kept changing while it was restored: try again");
    }

    /// With what lies in `control/` for new replicas.
    private Expectation told(Expectation asked, Set<String> control) {
        Expectation expected = control.contains(BlobLayout.RESTORE)
                ? Pins.read(tools.store()).map(asked::with).orElse(asked)
                : asked;
        return control.contains(BlobLayout.APP) && expected.opener().revision() != null
                ? tools.store()
                        .read(BlobLayout.APP)
                        .map(blob -> expected.with(RevisionVersions.parse(blob.content())))
                        .orElse(expected)
                : expected;
    }

    private static String me(LocalData local) {
        return switch (local) {
            case LocalData.Ours(ReplicaIdentity identity, boolean _) ->
                identity.replica().toString();
            case LocalData.Empty(ReplicaIdentity started)
            when started != null -> started.replica().toString();
            case LocalData.Empty _, LocalData.Unknown _ -> "";
        };
    }

    private @Nullable RestoreOutcome step(
            RestorePlan plan, LocalData local, Reading reading, Catalogue catalogue, Expectation expected, long began)
            throws IOException {
        return switch (plan) {
            case RestorePlan.Refuse(Reason reason, String sentence) -> throw new AgentException(reason, sentence);
            case RestorePlan.KeepData() -> new RestoreOutcome.Kept(((LocalData.Ours) local).identity());
            case RestorePlan.KeepUnknownData(UUID lineage) -> {
                tools.journal().warn("data without identity kept, since there never was a backup");
                yield new RestoreOutcome.Kept(identify(local, lineage, null));
            }
            case RestorePlan.StartEmpty(UUID lineage) -> {
                tools.target().undoUnfinished();
                yield new RestoreOutcome.StartedEmpty(identify(local, lineage, null));
            }
            case RestorePlan.CreateDocument(LineageDocument document, boolean rebuilt) -> {
                if (rebuilt) {
                    tools.journal()
                            .warn(
                                    "lineage document was missing or unreadable: rebuilt from the archives",
                                    "head",
                                    document.head().map(Listed::name).orElse("none"),
                                    "forks",
                                    document.forks().size());
                }
                tools.lineage().create(document);
                yield null;
            }
            case RestorePlan.NameApp(String app) -> {
                tools.lineage()
                        .apply(at -> at.document().app() == null
                                ? new Step.Write(at.document().withApp(app))
                                : new Step.Done());
                yield null;
            }
            case RestorePlan.Roll(String archive) -> {
                tools.journal().warn("archive found on top of the head: rolled forward", "archive", archive);
                tools.lineage().apply(at -> Transitions.roll(at.document(), catalogue.line()));
                yield null;
            }
            case RestorePlan.Adopt(UUID lineage, List<String> candidates) ->
                adopt(candidates, local, lineage, reading, catalogue, expected, began);
            case RestorePlan.Hold(String archive, String token) -> {
                tools.journal().warn("an archive is to be restored once, in place of the head", "archive", archive);
                tools.lineage().apply(at -> Transitions.hold(at.document(), archive, token));
                yield null;
            }
            case RestorePlan.Restore wanted -> restore(wanted, local, reading, catalogue, expected, began);
        };
    }

    private ReplicaIdentity identify(LocalData local, UUID lineage, @Nullable String base) throws IOException {
        ReplicaIdentity identity = started(local, lineage, base, null).completed();
        tools.target().identify(identity);
        return identity;
    }

    private ReplicaIdentity started(LocalData local, UUID lineage, @Nullable String base, @Nullable String pinToken) {
        UUID replica = switch (local) {
            case LocalData.Empty(ReplicaIdentity known) when known != null -> known.replica();
            case LocalData.Empty _, LocalData.Ours _, LocalData.Unknown _ ->
                tools.newReplica().get();
        };
        return new ReplicaIdentity(replica, lineage, base, pinToken, false);
    }

    private @Nullable RestoreOutcome adopt(
            List<String> candidates,
            LocalData local,
            UUID lineage,
            Reading reading,
            Catalogue catalogue,
            Expectation expected,
            long began)
            throws IOException {
        Duration planning = Duration.ofMillis(tools.clock().millis() - began);
        for (String name : candidates) {
            RestoreTarget.Prepared prepared = tryToPrepare(reading, catalogue, name, expected);
            if (prepared == null) {
                hopeless.add(name);
                continue;
            }
            LineageStore.Outcome adopted =
                    tools.lineage().apply(at -> Transitions.adopt(at.document(), name, prepared.sha256()));
            if (!adopted.document().head().map(Listed::name).equals(java.util.Optional.of(name))) {
                return null;
            }
            tools.journal().warn("older archive adopted as the first head", "archive", name);
            return place(
                    prepared, name, "", local, new RestorePlan.Restore(lineage, List.of(name), false, null), planning);
        }
        return null;
    }

    private @Nullable RestoreOutcome restore(
            RestorePlan.Restore wanted,
            LocalData local,
            Reading reading,
            Catalogue catalogue,
            Expectation expected,
            long began)
            throws IOException {
        List<String> candidates = wanted.candidates();
        Duration planning = Duration.ofMillis(tools.clock().millis() - began);
        ArchiveFacts newest =
                catalogue.find(candidates.getFirst()).map(Catalogue.Item::facts).orElse(null);
        if (RestorePlan.tooNewForApp(newest, expected)) {
            throw appOlder(candidates.getFirst(), catalogue, expected);
        }
        if (expected.opener().doubts(newest)) {
            tools.journal()
                    .warn(
                            "the data were written by a newer version of the app than JELLYKEEP_APP_VERSION says; that"
                                    + " may be outdated, so they are restored",
                            "archive",
                            candidates.getFirst(),
                            "migration",
                            String.valueOf(newest == null ? null : newest.migrationHead()));
        }
        for (String name : candidates) {
            if (catalogue.find(name).isEmpty() && !catalogue.isLegacyFolder(name)) {
                note(name, "it is gone");
                continue;
            }
            requireLineage(name, catalogue, expected, wanted.lineage());
            RestoreTarget.Prepared prepared;
            try {
                prepared = tryToPrepare(reading, catalogue, name, expected);
            } catch (StoreException e) {
                if (e.kind() == StoreException.Kind.NOT_FOUND || e.kind() == StoreException.Kind.CHANGED) {
                    return null;
                }
                throw e;
            }
            if (prepared != null) {
                return place(prepared, name, content(catalogue, name), local, wanted, planning);
            }
        }
        throw new AgentException(
                Reason.NO_GOOD_ARCHIVE,
                "none of the " + candidates.size() + " archives in "
                        + tools.store().describe()
                        + " can be used ("
                        + String.join("; ", refused.stream().distinct().limit(3).toList())
                        + "): look at them with `jellykeep verify NAME`");
    }

    private AgentException appOlder(String wanted, Catalogue catalogue, Expectation expected) {
        String fitting = Fitting.newest(
                        tools.lineage().require().document(),
                        catalogue,
                        facts -> !RestorePlan.tooNewForApp(facts, expected))
                .orElse("none");
        return new AgentException(
                Reason.APP_OLDER_THAN_DATA,
                wanted + " was written by a newer version of the app than "
                        + expected.opener().words()
                        + " (last archive that fits: " + fitting + "): "
                        + (fitting.equals("none")
                                ? ""
                                : "go back to that one with `jellykeep pin " + fitting + "`, or ")
                        + "use the newer image, or say --accept APP_OLDER");
    }

    private static void requireLineage(String name, Catalogue catalogue, Expectation expected, UUID lineage) {
        ArchiveFacts facts = catalogue.find(name).map(Catalogue.Item::facts).orElse(null);
        if (facts != null
                && !facts.lineage().equals(lineage)
                && !expected.accepted().contains(Reason.LINEAGE)) {
            throw new AgentException(
                    Reason.LINEAGE,
                    "the archive " + name + " belongs to lineage " + facts.lineage()
                            + ": say --accept LINEAGE to restore it all the same");
        }
    }

    private RestoreTarget.@Nullable Prepared tryToPrepare(
            Reading reading, Catalogue catalogue, String name, Expectation expected) throws IOException {
        try {
            RestoreTarget.Prepared prepared = tools.target().prepare(catalogue, name, expected.accepted());
            if (reading instanceof Reading.Present present) {
                Provenance.requireListed(present.document(), catalogue, name, prepared.sha256());
            }
            for (String path : prepared.unrecovered()) {
                tools.journal().warn("database can't be recovered, restored as it was copied", "path", path);
            }
            return prepared;
        } catch (NotABackupException e) {
            note(name, String.valueOf(e.getMessage()));
        } catch (ArchiveRefused e) {
            anyHopelessIsBackup = true;
            note(name, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            discardAfter(e);
            throw e;
        }
        tools.target().discard();
        return null;
    }

    /// Nobody may try again, and the app needs the room.
    private void discardAfter(Exception failure) {
        try {
            tools.target().discard();
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
    }

    private void note(String name, String why) {
        refused.add(name + ": " + why);
        tools.journal().error("archive can't be used, trying the next older one", "archive", name, "why", why);
    }

    private static String content(Catalogue catalogue, String name) {
        ArchiveFacts facts = catalogue.find(name).map(Catalogue.Item::facts).orElse(null);
        return facts == null ? "" : facts.content();
    }

    private RestoreOutcome place(
            RestoreTarget.Prepared prepared,
            String name,
            String content,
            LocalData local,
            RestorePlan.Restore wanted,
            Duration planning)
            throws IOException {
        long began = tools.clock().millis();
        ReplicaIdentity identity = started(local, wanted.lineage(), name, wanted.pinToken());
        RestoreTarget.Placed placed;
        try {
            placed = prepared.place(identity, wanted.setAside(), content);
        } catch (IOException | RuntimeException e) {
            discardAfter(e);
            throw e;
        }
        return new RestoreOutcome.Restored(
                identity.completed(),
                name,
                placed.users(),
                placed.entries(),
                placed.bytes(),
                refused,
                placed.left(),
                placed.synthesised(),
                new RestoreOutcome.Timings(
                        planning,
                        placed.transfer(),
                        placed.check(),
                        Duration.ofMillis(tools.clock().millis() - began)));
    }
}
