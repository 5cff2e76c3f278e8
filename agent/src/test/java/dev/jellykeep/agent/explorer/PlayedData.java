package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.backup.ArchiveCommit;
import dev.jellykeep.agent.backup.BackupMaker;
import dev.jellykeep.agent.backup.BackupRequest;
import dev.jellykeep.agent.backup.BackupResult;
import dev.jellykeep.agent.restore.LocalData;
import dev.jellykeep.agent.restore.RestoreTarget;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.archives.Catalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A replica's data, a number, in the place of databases and files: what a backup makes an archive of and a restore
/// puts in place. The moment at which an archive becomes visible is the agent's own code.
final class PlayedData implements BackupMaker, RestoreTarget {
    private static final int BLOCK = 1;

    private final Played played;
    private final AskedStore store;
    private Index index;
    private Index made = Index.NONE;
    private @Nullable ReplicaIdentity placed;

    PlayedData(Played played, AskedStore store, Index index) {
        this.played = played;
        this.store = store;
        this.index = index;
    }

    int now() {
        return played.ask(new Call.Data()) instanceof Reply.Number(int value) ? value : 0;
    }

    Index index() {
        return index;
    }

    @Override
    public BackupResult make(BackupRequest request) {
        int data = now();
        String tip = request.line().tip();
        if (Scenario.damaged(data)) {
            String suspect = Objects.requireNonNull(request.suspectName());
            upload(request, suspect, data, Reason.INTEGRITY);
            return new BackupResult.Refused(Reason.INTEGRITY, "the data are damaged", suspect);
        }
        if (data == 0 && tip == null) {
            return new BackupResult.Refused(Reason.NO_USER, "there is no user yet", null);
        }
        if (!request.evenIfUnchanged() && new Index(tip, data).equals(index)) {
            return new BackupResult.Unchanged();
        }
        ArchiveFacts facts = upload(request, request.name(), data, null);
        made = new Index(request.name(), data);
        return new BackupResult.Stored(request.name(), facts, 1);
    }

    private ArchiveFacts upload(BackupRequest request, String name, int data, @Nullable Reason suspect) {
        ArchiveFacts facts = new ArchiveFacts(
                request.lineage(),
                request.owner(),
                suspect == null ? request.epoch() : 0,
                request.sequence(),
                tip(request),
                ArchiveKind.SCHEDULED,
                AskedStore.NOW,
                "sha-" + data + "-" + request.owner(),
                "content-" + data,
                1,
                1,
                1,
                null,
                null,
                request.pinToken(),
                suspect == null ? null : suspect.name());
        try (BlobUpload upload = store.begin(name, BLOCK)) {
            upload.write(String.valueOf(data).getBytes(StandardCharsets.US_ASCII));
            ArchiveCommit.commit(store, upload, name, facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return facts;
    }

    private static @Nullable String tip(BackupRequest request) {
        return request.line().tip();
    }

    @Override
    public void registered() {
        index = made;
        played.ask(new Call.Indexed(index));
    }

    @Override
    public LocalData look() {
        return placed == null ? new LocalData.Empty(null) : new LocalData.Ours(placed, true);
    }

    @Override
    public void identify(ReplicaIdentity identity) {
        put(identity, 0);
    }

    private void put(ReplicaIdentity identity, int data) {
        placed = identity;
        played.ask(new Call.Placed(identity, data));
    }

    @Override
    public void undoUnfinished() {}

    @Override
    public void discard() {}

    @Override
    public Prepared prepare(Catalogue catalogue, String name, Set<Reason> accepted) throws IOException {
        String text;
        try (InputStream in = store.open(name, 0, 1)) {
            text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        if (!text.chars().allMatch(Character::isDigit)) {
            throw ArchiveRefused.damaged("it is damaged");
        }
        int data = Integer.parseInt(text);
        return new Prepared() {
            @Override
            public String sha256() {
                return "sha-" + text;
            }

            @Override
            public List<String> unrecovered() {
                return List.of();
            }

            @Override
            public Placed place(ReplicaIdentity started, boolean setAside, String content) {
                put(started.completed(), data);
                return new Placed(1, 1, 1, List.of(), false, Duration.ZERO, Duration.ZERO);
            }
        };
    }
}
