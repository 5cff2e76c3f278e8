package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a restore may find and be told, for its plan. At first: an empty data root, and a sealed lineage without
/// archives
/// that nobody expects.
final class Situation {
    static final UUID LINEAGE = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    static final UUID OTHER = UUID.fromString("00000000-0000-4000-8000-00000000000a");
    static final String OLDER = "backup-20260131120000.tar.gz";
    static final String NEWER = "backup-20260131130000.tar.gz";
    static final Opener ANY_APP = new Opener(null, null, null, null);
    private static final Instant TAKEN = Instant.parse("2026-01-31T12:00:00Z");

    LocalData local = new LocalData.Empty(null);
    Reading reading = read(LineageDocument.fresh(LINEAGE, null));

    @Nullable
    UUID expected;

    @Nullable
    String app;

    @Nullable
    String archive;

    @Nullable
    Pin pin;

    boolean mayStartEmpty = true;
    boolean anyHopelessIsBackup;
    final Set<Reason> accepted = EnumSet.noneOf(Reason.class);
    final Set<String> hopeless = new HashSet<>();
    private final Map<String, Catalogue.Item> archives = new TreeMap<>();
    private final Map<String, List<BlobFacts>> folders = new TreeMap<>();

    static Reading read(LineageDocument document) {
        return new Reading.Present(document, "etag", Duration.ZERO);
    }

    /// Two archives, the newer one the head.
    static Situation withHead() {
        Situation it = new Situation().ours(OLDER, LINEAGE, 1, 1, null).ours(NEWER, LINEAGE, 1, 2, OLDER);
        it.reading = read(line(OLDER, NEWER));
        return it;
    }

    /// Sealed, epoch 1, with these archives, oldest first.
    static LineageDocument line(String... names) {
        return LineageDocument.fresh(LINEAGE, null)
                .withHolder("r", 1)
                .withState(true, null)
                .withLine(listed(names), List.of());
    }

    static LineageDocument fork(LineageDocument document, String... names) {
        return document.withLine(document.history(), List.of(new Fork(null, "s", Fork.Why.STANDBY, listed(names))));
    }

    private static List<Listed> listed(String... names) {
        return Arrays.stream(names).map(name -> new Listed(name, "sha", 1, 1)).toList();
    }

    /// One of ours in the listing.
    Situation ours(String name, UUID lineage, long epoch, long sequence, @Nullable String parent) {
        ArchiveFacts facts = new ArchiveFacts(
                lineage,
                "r",
                epoch,
                sequence,
                parent,
                ArchiveKind.SCHEDULED,
                TAKEN,
                "sha",
                "c",
                1,
                1,
                1,
                null,
                null,
                null,
                null);
        return listing(name, facts.toMetadata(), facts);
    }

    /// An older tool's tarball in the listing.
    Situation older(String name) {
        return listing(name, Map.of(), null);
    }

    Situation olderFolder(String name) {
        folders.put(name, List.of(blob(name + "/jellyfin.db", Map.of())));
        return this;
    }

    private Situation listing(String name, Map<String, String> metadata, @Nullable ArchiveFacts facts) {
        archives.put(name, new Catalogue.Item(blob(name, metadata), BlobLayout.classify(name), facts));
        return this;
    }

    private static BlobFacts blob(String name, Map<String, String> metadata) {
        return new BlobFacts(name, 1, "etag", TAKEN, new HashMap<>(metadata));
    }

    Situation dataOfUnknownOrigin() {
        local = new LocalData.Unknown();
        return this;
    }

    Situation dataOf(UUID lineage, boolean usable) {
        local = new LocalData.Ours(new ReplicaIdentity(OTHER, lineage, null, null, true), usable);
        return this;
    }

    Situation accept(Reason reason) {
        accepted.add(reason);
        return this;
    }

    Expectation expectation() {
        return new Expectation(expected, app, mayStartEmpty, archive, pin, ANY_APP, accepted);
    }

    RestorePlan plan() {
        return RestorePlan.decide(
                local,
                reading,
                new Catalogue(archives, folders),
                expectation(),
                hopeless,
                anyHopelessIsBackup,
                "the store");
    }

    /// The reason of a refusal.
    ///
    /// @throws AssertionError if it isn't refused
    RestorePlan.Refuse refusal() {
        if (plan() instanceof RestorePlan.Refuse refused) {
            return refused;
        }
        throw new AssertionError("expected a refusal, but got " + plan());
    }
}
