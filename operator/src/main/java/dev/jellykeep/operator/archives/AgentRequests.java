package dev.jellykeep.operator.archives;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.request.TokenRequest;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.contract.rollout.Stage;
import dev.jellykeep.store.BlobStore;
import java.util.Map;

/// What the operator writes into a policy's folder.
public final class AgentRequests {
    private static final int FORMAT = 1;

    private final BlobStore store;

    public AgentRequests(BlobStore store) {
        this.store = store;
    }

    /// The blob by which a value asks for a backup.
    public static String backup(String value) {
        return BlobLayout.request(RequestKind.BACKUP, value);
    }

    /// Asks whoever runs for a backup. A value counts once, ever.
    public void askBackup(String value) {
        ask(new TokenRequest(RequestKind.BACKUP, value));
    }

    private void ask(TokenRequest request) {
        store.putIfAbsent(request.name(), request.toBytes(), Map.of());
    }

    /// Keeps what a rollout has come to, and asks for the backup before it.
    public void rollout(RolloutDocument rollout) {
        store.put(BlobLayout.ROLLOUT, rollout.toBytes(), Map.of());
        if (rollout.stage() == Stage.ASKED) {
            ask(new TokenRequest(RequestKind.BACKUP, rollout.token(), ArchiveKind.PRE_ROLLOUT));
        }
    }

    /// The blob by which a value asks for a drill.
    public static String drill(String value) {
        return BlobLayout.request(RequestKind.DRILL, value);
    }

    /// Asks whoever holds the lineage to try the head. A value counts once, ever.
    public void askDrill(String value) {
        ask(new TokenRequest(RequestKind.DRILL, value));
    }

    /// The blob by which a replica is asked to yield.
    public static String yielding(String replica) {
        return BlobLayout.request(RequestKind.YIELD, replica);
    }

    /// Asks a replica to leave the lineage to another one, for good.
    public void askYield(String replica) {
        ask(new TokenRequest(RequestKind.YIELD, replica));
    }

    /// Pauses scheduled backups, or goes on with them.
    public void suspend(boolean pause) {
        store.put(
                BlobLayout.SUSPEND,
                new JsonFields().put("format", FORMAT).put("suspend", pause).toBytes(),
                Map.of());
    }

    /// The blob that says that a token has asked for a restore already. A token counts once, ever.
    public static String restore(String token) {
        return BlobLayout.request(RequestKind.RESTORE, token);
    }

    /// Has each new replica restore an archive, until one of them has been saved.
    public void askRestore(Pin pin) {
        String _ = store.put(BlobLayout.RESTORE, pin.toBytes(), Map.of());
        restoreAsked(pin.token());
    }

    /// The token is used up.
    public void restoreAsked(String token) {
        ask(new TokenRequest(RequestKind.RESTORE, token));
    }

    /// New replicas restore the head again.
    public void takeRestoreBack() {
        store.delete(BlobLayout.RESTORE);
    }

    /// Asks the replica that holds the lineage to make a snapshot of its own the head, which a guard had refused.
    public void askAccept(Accept accept) {
        String _ = store.put(BlobLayout.ACCEPT, accept.toBytes(), Map.of());
    }

    /// Tells agents which version of Jellyfin each revision runs.
    public void tell(RevisionVersions versions) {
        String _ = store.put(BlobLayout.APP, versions.toBytes(), Map.of());
    }

    /// Creates the lineage document where there is none; what is there stays.
    public void create(LineageDocument document) {
        store.putIfAbsent(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
    }
}
