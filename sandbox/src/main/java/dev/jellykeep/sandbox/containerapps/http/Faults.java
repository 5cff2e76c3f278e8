package dev.jellykeep.sandbox.containerapps.http;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The faults that are still to come, in the order in which they were scripted.
public final class Faults {
    private final List<Fault> pending = new ArrayList<>();
    private CountDownLatch hanging = new CountDownLatch(1);

    public synchronized void add(Fault fault) {
        pending.add(fault);
    }

    public synchronized List<Fault> pending() {
        return List.copyOf(pending);
    }

    public synchronized void clear() {
        pending.clear();
        release();
    }

    /// Lets the requests go on that hang now.
    public synchronized void release() {
        hanging.countDown();
        hanging = new CountDownLatch(1);
    }

    /// What happens to a request, once.
    synchronized Optional<Fault.Outcome> take(Request request, Instant now) {
        pending.removeIf(fault -> fault.until().map(now::isAfter).orElse(false));
        for (var i = 0; i < pending.size(); i++) {
            var fault = pending.get(i);
            if (fits(fault, request)) {
                if (fault.times() <= 1) {
                    pending.remove(i);
                } else {
                    pending.set(i, fault.times(fault.times() - 1));
                }
                return Optional.of(fault.outcome());
            }
        }
        return Optional.empty();
    }

    void hang() throws InterruptedException {
        CountDownLatch latch;
        synchronized (this) {
            latch = hanging;
        }
        latch.await();
    }

    private static boolean fits(Fault fault, Request request) {
        return (fault.methods().isEmpty() || fault.methods().contains(request.method()))
                && request.path()
                        .toLowerCase(Locale.ROOT)
                        .contains(fault.pathContains().toLowerCase(Locale.ROOT));
    }
}
