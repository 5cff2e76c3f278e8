package dev.jellykeep.sandbox.containerapps.settings;

import java.util.EnumSet;
import java.util.Set;

/// Everything that can be switched while the emulator runs.
///
/// @param on the quirks that are on
/// @param put the header that names the operation of a PUT
/// @param patch that of PATCH, DELETE, `start` and `stop`
/// @param retryAfterSeconds of every reply that names or polls an operation; 0 sends none
/// @param pageSize of lists that have pages
/// @param conflictCode the code of 409 while an operation runs
/// @param reads ARM's limits per principal and subscription
public record Settings(
        Set<Quirk> on,
        Timings timings,
        OperationHeader put,
        OperationHeader patch,
        int retryAfterSeconds,
        int pageSize,
        String conflictCode,
        Bucket reads,
        Bucket writes,
        Bucket deletes) {
    public Settings {
        on = Set.copyOf(on);
        if (retryAfterSeconds < 0 || pageSize < 1) {
            throw new IllegalArgumentException("retryAfterSeconds is " + retryAfterSeconds + " and pageSize " + pageSize
                    + ": give at least 0 and at least 1.");
        }
    }

    /// The usual quirks, ARM's published limits, no time lost.
    public static Settings usual() {
        var on = EnumSet.noneOf(Quirk.class);
        for (var quirk : Quirk.values()) {
            if (quirk.isUsual()) {
                on.add(quirk);
            }
        }
        return new Settings(
                on,
                Timings.instant(),
                OperationHeader.AZURE_ASYNC_OPERATION,
                OperationHeader.LOCATION,
                1,
                20,
                "ContainerAppOperationInProgress",
                new Bucket(250, 25),
                new Bucket(200, 10),
                new Bucket(200, 10));
    }

    public boolean has(Quirk quirk) {
        return on.contains(quirk);
    }

    public Settings with(Quirk quirk) {
        var changed = EnumSet.of(quirk);
        changed.addAll(on);
        return withOn(changed);
    }

    public Settings without(Quirk quirk) {
        var changed = EnumSet.noneOf(Quirk.class);
        changed.addAll(on);
        changed.remove(quirk);
        return withOn(changed);
    }

    public Settings with(Timings changed) {
        return new Settings(on, changed, put, patch, retryAfterSeconds, pageSize, conflictCode, reads, writes, deletes);
    }

    /// Which headers name the operation of a PUT, and of all other writes.
    public Settings withHeaders(OperationHeader ofPut, OperationHeader ofOthers) {
        return new Settings(
                on, timings, ofPut, ofOthers, retryAfterSeconds, pageSize, conflictCode, reads, writes, deletes);
    }

    public Settings withRetryAfter(int seconds) {
        return new Settings(on, timings, put, patch, seconds, pageSize, conflictCode, reads, writes, deletes);
    }

    public Settings withPageSize(int items) {
        return new Settings(on, timings, put, patch, retryAfterSeconds, items, conflictCode, reads, writes, deletes);
    }

    public Settings withConflictCode(String code) {
        return new Settings(on, timings, put, patch, retryAfterSeconds, pageSize, code, reads, writes, deletes);
    }

    public Settings withLimits(Bucket ofReads, Bucket ofWrites, Bucket ofDeletes) {
        return new Settings(
                on, timings, put, patch, retryAfterSeconds, pageSize, conflictCode, ofReads, ofWrites, ofDeletes);
    }

    private Settings withOn(Set<Quirk> changed) {
        return new Settings(
                changed, timings, put, patch, retryAfterSeconds, pageSize, conflictCode, reads, writes, deletes);
    }
}
