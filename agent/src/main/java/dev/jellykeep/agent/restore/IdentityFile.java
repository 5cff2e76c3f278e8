package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Writes `.jellykeep/replica.json` so that a kill leaves the old one or the new one.
public final class IdentityFile {
    private IdentityFile() {}

    public static void write(DataRoot root, ReplicaIdentity identity) throws IOException {
        Files.createDirectories(root.own());
        Path file = root.path().resolve(ReplicaIdentity.FILE);
        Path draft = file.resolveSibling("replica.json.draft");
        Files.write(draft, identity.toBytes());
        Placement.force(draft);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        Placement.forceFolder(root.own());
    }
}
