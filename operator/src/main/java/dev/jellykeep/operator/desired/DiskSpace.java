package dev.jellykeep.operator.desired;

import dev.jellykeep.contract.settings.SizeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether the data fits on an EmptyDir, with the copy of its largest database that a backup makes. An
/// overrun is no error there but an eviction, and the disk with it.
final class DiskSpace {
    private DiskSpace() {}

    static void check(Replica replica, Hosting hosting, @Nullable StoredData data, Findings findings) {
        if (data == null) {
            return;
        }
        long needed = data.bytes() + data.largestDatabase();
        long has = replica.ephemeralStorage();
        if (needed <= has) {
            return;
        }
        findings.refuse(
                RefusalReason.NOT_ENOUGH_EPHEMERAL_STORAGE,
                "a replica of %s with %s has %s of ephemeral storage, and the data with a copy of its largest database"
                                .formatted(replica.app(), replica.total(), SizeText.format(has))
                        + " takes " + SizeText.format(needed),
                mend(replica, Sizes.pairs(hosting), needed));
    }

    private static String mend(Replica replica, List<Amount> pairs, long needed) {
        return pairs.stream()
                .filter(pair -> Replica.ephemeralStorage(pair.cpu()) >= needed)
                .findFirst()
                .map(replica::resize)
                .orElse(
                        "no size has as much: leave large folders out with spec.exclude, or keep the data on Azure Files"
                                + " with mountOptions: nobrl");
    }
}
