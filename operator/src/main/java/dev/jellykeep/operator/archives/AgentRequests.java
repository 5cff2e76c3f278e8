package dev.jellykeep.operator.archives;

import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.RequestKind;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
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
        store.putIfAbsent(
                backup(value),
                new JsonFields().put("format", FORMAT).put("value", value).toBytes(),
                Map.of());
    }

    /// Keeps what a rollout has come to, and asks for the backup before it.
    public void rollout(RolloutDocument rollout) {
        store.put(BlobLayout.ROLLOUT, rollout.toBytes(), Map.of());
        if (rollout.stage() == Stage.ASKED) {
            store.putIfAbsent(
                    backup(rollout.token()),
                    new JsonFields()
                            .put("format", FORMAT)
                            .put("value", rollout.token())
                            .put("kind", ArchiveKind.PRE_ROLLOUT.wireName())
                            .toBytes(),
                    Map.of());
        }
    }

    /// Pauses scheduled backups, or goes on with them.
    public void suspend(boolean pause) {
        store.put(
                BlobLayout.SUSPEND,
                new JsonFields().put("format", FORMAT).put("suspend", pause).toBytes(),
                Map.of());
    }

    /// Creates the lineage document where there is none; what is there stays.
    public void create(LineageDocument document) {
        store.putIfAbsent(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
    }
}
