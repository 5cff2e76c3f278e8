package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A sidecar from its start to its end: told to stop once its first backup is the head, or the attack has come.
record AttackedRun(Place place, StoreAttack attack) {
    /// Where nothing can be done after the attack.
    static final Duration SHORT_GRACE = Duration.ofSeconds(11);

    static final Duration GRACE = Duration.ofSeconds(40);
    private static final long LOOK_EVERY = 10_000_000;

    Cli.Answer live() {
        Optional<Listed> before = head();
        AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
        AtomicBoolean over = new AtomicBoolean();
        Thread watcher = Thread.ofPlatform().daemon().start(() -> tellWhenSaved(before, stop, over));
        try {
            return sidecar(place, attack.endsAll() ? SHORT_GRACE : GRACE)
                    .outside(new Outside(store -> new AttackedStore(store, attack), stop::set))
                    .run("run");
        } finally {
            over.set(true);
            watcher.interrupt();
        }
    }

    /// The sidecar of a place, which saves once and keeps one archive.
    static Cli sidecar(Place place, Duration grace) {
        return place.cli()
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_INITIAL_DELAY", "0s")
                .with("JELLYKEEP_POLL", "1s")
                .with("JELLYKEEP_HEARTBEAT", "1h")
                .with("JELLYKEEP_GRACE", grace.toSeconds() + "s")
                .with("JELLYKEEP_MANAGEMENT_PORT", "0")
                .with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_MINIMUM", "1")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0");
    }

    private void tellWhenSaved(Optional<Listed> before, AtomicReference<@Nullable Runnable> stop, AtomicBoolean over) {
        while (!over.get() && !attack.isDead()) {
            Runnable tell = stop.get();
            if (tell != null && (attack.isHit() || !head().equals(before))) {
                try {
                    place.write(Base.LAST);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                tell.run();
                return;
            }
            LockSupport.parkNanos(LOOK_EVERY);
        }
    }

    private Optional<Listed> head() {
        return place.document().flatMap(LineageDocument::head);
    }
}
