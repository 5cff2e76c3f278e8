package dev.jellykeep.contract.layout;

import dev.jellykeep.contract.layout.BlobName.ArchiveBlob;
import dev.jellykeep.contract.layout.BlobName.Control;
import dev.jellykeep.contract.layout.BlobName.Foreign;
import dev.jellykeep.contract.layout.BlobName.ForkArchive;
import dev.jellykeep.contract.layout.BlobName.LegacyFolderFile;
import dev.jellykeep.contract.layout.BlobName.Lineage;
import dev.jellykeep.contract.layout.BlobName.LineageAside;
import dev.jellykeep.contract.layout.BlobName.Status;
import dev.jellykeep.contract.layout.BlobName.SuspectArchive;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where everything lies, relative to the prefix.
public final class BlobLayout {
    public static final String LINEAGE = "lineage.json";
    public static final String CONTROL = "control/";
    public static final String RESTORE = CONTROL + "restore.json";
    public static final String SUSPEND = CONTROL + "suspend.json";
    public static final String ACCEPT = CONTROL + "accept.json";
    public static final String ROLLOUT = CONTROL + "rollout.json";
    public static final String APP = CONTROL + "app.json";
    public static final String STATUS = "status/";
    public static final String PROOF = STATUS + "proof/last.json";
    public static final String SUSPECT = "suspect/";
    public static final String FORKS = "forks/";

    private static final Pattern REPLICA = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");
    private static final Pattern ASIDE = Pattern.compile("lineage-aside-[0-9a-f]{64}\\.json");
    private static final Pattern REQUEST = Pattern.compile("(.+)-[0-9a-f]{64}\\.json");
    private static final Pattern FOLDER_FILE = Pattern.compile("(backup-([0-9]{14}))/(.+)", Pattern.DOTALL);
    private static final String JSON = ".json";

    private BlobLayout() {}

    /// A token request: one name per kind and value, so that a value counts once, ever.
    public static String request(RequestKind kind, String value) {
        return CONTROL + kind.wireName() + "-" + sha256(value.getBytes(StandardCharsets.UTF_8)) + JSON;
    }

    /// A replica's report and heartbeat.
    ///
    /// @throws IllegalArgumentException for a replica id that can't be part of a blob's name
    public static String status(String replica) {
        return STATUS + replica(replica) + JSON;
    }

    public static String suspect(ArchiveName archive) {
        return SUSPECT + archive;
    }

    /// An archive by an agent that isn't the holder.
    ///
    /// @throws IllegalArgumentException for a replica id that can't be part of a blob's name
    public static String fork(String owner, ArchiveName archive) {
        return FORKS + replica(owner) + "/" + archive;
    }

    /// Where an unreadable lineage document is saved. Named by its content, so that a retry saves it once.
    public static String lineageAside(byte[] content) {
        return "lineage-aside-" + sha256(content) + JSON;
    }

    /// What a listed name is.
    ///
    /// @param name relative to the prefix
    public static BlobName classify(String name) {
        if (name.equals(LINEAGE)) {
            return new Lineage();
        }
        if (ASIDE.matcher(name).matches()) {
            return new LineageAside(name);
        }
        BlobName known = null;
        if (name.startsWith(CONTROL)) {
            known = control(name.substring(CONTROL.length()));
        } else if (name.startsWith(STATUS)) {
            known = statusReport(name.substring(STATUS.length()));
        } else if (name.startsWith(SUSPECT)) {
            known = ArchiveName.parse(name.substring(SUSPECT.length()))
                    .map(SuspectArchive::new)
                    .orElse(null);
        } else if (name.startsWith(FORKS)) {
            known = forkArchive(name.substring(FORKS.length()));
        } else {
            known = topLevel(name);
        }
        return known == null ? new Foreign(name) : known;
    }

    private static @Nullable BlobName topLevel(String name) {
        Matcher file = FOLDER_FILE.matcher(name);
        if (file.matches() && ArchiveName.time(file.group(2)).isPresent()) {
            return new LegacyFolderFile(file.group(1), file.group(3));
        }
        return ArchiveName.parse(name).map(ArchiveBlob::new).orElse(null);
    }

    private static @Nullable BlobName control(String file) {
        if (!file.endsWith(JSON) || file.contains("/")) {
            return null;
        }
        Matcher request = REQUEST.matcher(file);
        String kind = request.matches() ? request.group(1) : null;
        return new Control(
                file,
                Arrays.stream(RequestKind.values())
                        .filter(k -> k.wireName().equals(kind))
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable BlobName statusReport(String file) {
        if (!file.endsWith(JSON)) {
            return null;
        }
        String replica = file.substring(0, file.length() - JSON.length());
        return REPLICA.matcher(replica).matches() ? new Status(replica) : null;
    }

    private static @Nullable BlobName forkArchive(String path) {
        int slash = path.indexOf('/');
        if (slash < 0 || !REPLICA.matcher(path.substring(0, slash)).matches()) {
            return null;
        }
        return ArchiveName.parse(path.substring(slash + 1))
                .map(archive -> new ForkArchive(path.substring(0, slash), archive))
                .orElse(null);
    }

    private static String replica(String id) {
        if (!REPLICA.matcher(id).matches()) {
            throw new IllegalArgumentException("not a replica id: " + id);
        }
        return id;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
