package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoredBlob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A sidecar that meets what a stranger does to its store before its start or under way, and is told to stop when it
/// has
/// looked at what is asked of it a few times since. It keeps as few archives as can be.
final class PoisonedRun {
    private static final int LOOKS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Place place;
    private final Runnable change;
    private final int after;
    private final boolean busy;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final AtomicReference<Cli.@Nullable Answer> answer = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();

    /// @param change what the stranger does
    /// @param after how many looks; 0: before its start, 2: once the first backup is over
    /// @param busy something is written right before the end
    PoisonedRun(Place place, Runnable change, int after, boolean busy) {
        this.place = place;
        this.change = change;
        this.after = after;
        this.busy = busy;
    }

    /// What it had to save when it was told to stop, or when it ended by itself.
    String toSave() {
        return told.get() && busy ? Base.LAST : Base.NEW;
    }

    /// @throws AssertionError if it doesn't end
    Cli.Answer live() {
        if (after == 0) {
            change.run();
        }
        Thread sidecar = Thread.ofPlatform().daemon().start(() -> answer.set(run()));
        AssertionError late = null;
        try {
            if (after > 0) {
                awaitLooks(sidecar, after);
                change.run();
            }
            awaitLooks(sidecar, looks.get() + LOOKS);
        } catch (AssertionError e) {
            late = e;
        } finally {
            end(sidecar);
        }
        Cli.Answer there = answer.get();
        if (there == null) {
            throw new AssertionError("it ended by an exception");
        }
        if (late != null) {
            throw new AssertionError(late.getMessage() + ": " + there.err(), late);
        }
        return there;
    }

    /// What goes on would write into the next point's folder.
    private void end(Thread sidecar) {
        Runnable tell = stop.get();
        if (sidecar.isAlive() && tell != null) {
            if (busy) {
                write();
            }
            told.set(true);
            tell.run();
        }
        try {
            if (!sidecar.join(LONGEST)) {
                throw new AssertionError("it was told to stop, and didn't");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() {
        try {
            place.write(Base.LAST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Or until it has ended by itself, or met a document that it must not touch: then it looks at nothing else.
    private void awaitLooks(Thread sidecar, int count) {
        int before = readings.get();
        Await.until(
                () -> count + " looks, there were " + looks,
                () -> looks.get() >= count
                        || !sidecar.isAlive()
                        || (readings.get() > before && place.hasDocumentOfNewerFormat()));
    }

    private Cli.Answer run() {
        return place.cli()
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_INITIAL_DELAY", "0s")
                .with("JELLYKEEP_POLL", "200ms")
                .with("JELLYKEEP_HEARTBEAT", "300ms")
                .with("JELLYKEEP_GRACE", "40s")
                .with("JELLYKEEP_MANAGEMENT_PORT", "0")
                .with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_MINIMUM", "1")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0")
                .outside(new Outside(Watched::new, stop::set))
                .run("run");
    }

    /// Counts how often what is asked is looked at, and the document.
    private final class Watched extends ForwardingStore {
        Watched(BlobStore real) {
            super(real);
        }

        @Override
        public Optional<StoredBlob> read(String name) {
            if (name.equals(BlobLayout.LINEAGE)) {
                readings.incrementAndGet();
            }
            return super.read(name);
        }

        @Override
        public void list(String namePrefix, Consumer<BlobFacts> each) {
            super.list(namePrefix, each);
            if (namePrefix.equals(BlobLayout.CONTROL)) {
                looks.incrementAndGet();
            }
        }
    }
}
