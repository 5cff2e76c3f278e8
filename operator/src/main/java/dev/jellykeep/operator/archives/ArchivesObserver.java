package dev.jellykeep.operator.archives;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.StoredBlob;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks at one folder again and again. A look is one listing; what the listing shows to be unchanged isn't read
/// again. Used by one thread at a time.
public final class ArchivesObserver {
    /// How long our clock is trusted to run beside the service's, where nothing is read that tells.
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final BlobStore store;
    private final InstantSource clock;
    private final Map<String, Known<?>> known = new HashMap<>();
    private @Nullable Skew skew;
    private Instant lastLook = Instant.MIN;

    /// @param clock may be wrong by any time; what it is ahead of the service's is measured again and again
    public ArchivesObserver(BlobStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// @param ahead of our clock is the service's
    private record Skew(Instant measured, Duration ahead) {}

    /// @param etag of the blob that `value` was read from
    private record Known<T>(String etag, @Nullable T value) {}

    /// Never throws a {@link StoreException}: what can't be seen is a view too.
    public ArchivesView look() {
        try {
            return seen();
        } catch (StoreException e) {
            return new ArchivesView.Hidden(reason(e.kind()), String.valueOf(e.getMessage()));
        }
    }

    private ArchivesView.Seen seen() {
        Map<String, BlobFacts> small = new TreeMap<>();
        Catalogue catalogue = Catalogue.of(store, blob -> {
            if (isSmall(blob.name())) {
                small.put(blob.name(), blob);
            }
        });
        known.keySet().retainAll(small.keySet());
        BlobFacts lineage = small.get(BlobLayout.LINEAGE);
        Reading reading = lineage == null ? null : read(lineage, Reading::of);
        BlobFacts suspend = small.get(BlobLayout.SUSPEND);
        boolean suspended = suspend != null && Boolean.TRUE.equals(read(suspend, ArchivesObserver::suspended));
        BlobFacts rollout = small.get(BlobLayout.ROLLOUT);
        RolloutDocument left = rollout == null
                ? null
                : read(rollout, blob -> RolloutDocument.parse(blob.content()).orElse(null));
        Map<BlobFacts, ReplicaReport> reports = new LinkedHashMap<>();
        List<BlobFacts> unread = new ArrayList<>();
        Set<String> control = new HashSet<>();
        for (BlobFacts blob : small.values()) {
            switch (BlobLayout.classify(blob.name())) {
                case BlobName.Status _ -> {
                    Optional<ReplicaReport> report = read(blob, found -> ReplicaReport.parse(found.content()));
                    if (report != null) {
                        report.ifPresentOrElse(each -> reports.put(blob, each), () -> unread.add(blob));
                    }
                }
                case BlobName.Control _ -> control.add(blob.name());
                default -> {}
            }
        }
        Instant now = serviceTime(small.values());
        return new ArchivesView.Seen(
                reading == null ? new Reading.Missing() : reading,
                catalogue,
                reports.entrySet().stream()
                        .map(each -> new Protection.Replica(each.getValue(), age(each.getKey(), now)))
                        .toList(),
                control,
                suspended,
                now,
                unread.stream()
                        .map(each -> new ArchivesView.Seen.Unread(each.name(), age(each, now)))
                        .toList(),
                rollout == null || left == null
                        ? null
                        : new ArchivesView.Seen.Rollout(
                                left,
                                age(rollout, now),
                                lineage != null && lineage.lastModified().isAfter(rollout.lastModified())),
                told(small));
    }

    private ArchivesView.Seen.Told told(Map<String, BlobFacts> small) {
        BlobFacts restore = small.get(BlobLayout.RESTORE);
        BlobFacts accept = small.get(BlobLayout.ACCEPT);
        BlobFacts app = small.get(BlobLayout.APP);
        BlobFacts proof = small.get(BlobLayout.PROOF);
        RevisionVersions versions = app == null ? null : read(app, found -> RevisionVersions.parse(found.content()));
        return new ArchivesView.Seen.Told(
                restore == null ? null : read(restore, ArchivesObserver::pin),
                accept == null ? null : read(accept, ArchivesObserver::accepted),
                versions == null ? RevisionVersions.none() : versions,
                proof == null
                        ? null
                        : read(proof, found -> Proof.parse(found.content()).orElse(null)),
                proof == null ? null : proof.lastModified());
    }

    private static @Nullable Pin pin(StoredBlob blob) {
        try {
            return Pin.parse(blob.content());
        } catch (JsonFormatException e) {
            return null;
        }
    }

    private static @Nullable String accepted(StoredBlob blob) {
        return Accept.parse(blob.content()).map(Accept::name).orElse(null);
    }

    private static Duration age(BlobFacts blob, Instant now) {
        Duration age = Duration.between(blob.lastModified(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /// Never before the newest blob. Each reading tells it anew; without one our clock is believed for a while, unless
    /// it runs backwards.
    private Instant serviceTime(Collection<BlobFacts> blobs) {
        Instant ours = clock.instant();
        boolean backwards = ours.isBefore(lastLook);
        lastLook = ours;
        Skew last = skew;
        if (last == null
                || backwards
                || Duration.between(last.measured(), ours).abs().compareTo(CLOCKS) > 0) {
            last = new Skew(ours, Duration.between(ours, store.serviceTime()));
            skew = last;
        }
        Instant now = ours.plus(last.ahead());
        return blobs.stream()
                .map(BlobFacts::lastModified)
                .filter(now::isBefore)
                .max(Comparator.naturalOrder())
                .orElse(now);
    }

    private static boolean isSmall(String name) {
        return switch (BlobLayout.classify(name)) {
            case BlobName.Lineage _, BlobName.Status _, BlobName.Control _ -> true;
            default -> name.equals(BlobLayout.PROOF);
        };
    }

    private static boolean suspended(StoredBlob blob) {
        try {
            return JsonObject.parse(blob.content(), BlobLayout.SUSPEND).flag("suspend", false);
        } catch (JsonFormatException e) {
            return false;
        }
    }

    /// Null where it is gone since the listing.
    @SuppressWarnings("unchecked") // each name is always read by the same function
    private <T> @Nullable T read(BlobFacts listed, Function<StoredBlob, @Nullable T> parse) {
        Known<?> before = known.get(listed.name());
        if (before != null && before.etag().equals(bare(listed.etag()))) {
            return (T) before.value();
        }
        StoredBlob found = store.read(listed.name()).orElse(null);
        if (found == null) {
            return null;
        }
        Instant ours = clock.instant();
        skew = new Skew(ours, Duration.between(ours, found.date()));
        T value = parse.apply(found);
        known.put(listed.name(), new Known<>(bare(found.etag()), value));
        return value;
    }

    /// Azure's listings leave out the quotes.
    private static String bare(String etag) {
        return etag.replace("\"", "");
    }

    private static String reason(StoreException.Kind kind) {
        return switch (kind) {
            case UNREACHABLE, NO_SUCH_HOST -> "StorageUnreachable";
            case UNAUTHORIZED, FORBIDDEN, NO_CREDENTIAL -> "StorageForbidden";
            case NO_CONTAINER -> "ContainerNotFound";
            case IMMUTABLE -> "ImmutabilityMisconfigured";
            case NOT_FOUND, CHANGED, MISMATCH, INVALID -> "StorageRefused";
        };
    }
}
