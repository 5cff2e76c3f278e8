package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.store.BlobFacts;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A sidecar that meets what a stranger wrote into small blobs, by turns of the seed before its start or under way, and
/// is told to stop when it has looked at what is asked of it a few times since.
final class PoisonedRun {
    private static final int LOOKS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private final Place place;
    private final Scene scene;
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final AtomicReference<Cli.@Nullable Answer> answer = new AtomicReference<>();
    private final AtomicBoolean told = new AtomicBoolean();

    PoisonedRun(Place place, Scene scene) {
        this.place = place;
        this.scene = scene;
    }

    /// Whether it was still there to be told.
    boolean told() {
        return told.get();
    }

    /// @throws AssertionError if it doesn't end
    Cli.Answer live() {
        boolean before = scene.random().nextBoolean();
        int places = 1 + scene.random().nextInt(3);
        if (before) {
            Poison.pour(scene, places);
        }
        Thread sidecar = Thread.ofPlatform().daemon().start(() -> answer.set(run()));
        try {
            if (!before) {
                awaitLooks(sidecar, 1);
                Poison.pour(scene, places);
            }
            awaitLooks(sidecar, looks.get() + LOOKS);
            if (sidecar.isAlive()) {
                write();
            }
        } finally {
            end(sidecar);
        }
        Cli.Answer there = answer.get();
        if (there == null) {
            throw new AssertionError("it ended by an exception");
        }
        return there;
    }

    /// What goes on would write into the next point's folder.
    private void end(Thread sidecar) {
        Runnable tell = stop.get();
        if (sidecar.isAlive() && tell != null) {
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

    /// Or until it has ended by itself.
    private void awaitLooks(Thread sidecar, int count) {
        Await.until(() -> count + " looks, there were " + looks, () -> looks.get() >= count || !sidecar.isAlive());
    }

    private Cli.Answer run() {
        return place.cli()
                .with("JELLYKEEP_INTERVAL", "1h")
                .with("JELLYKEEP_INITIAL_DELAY", "0s")
                .with("JELLYKEEP_POLL", "200ms")
                .with("JELLYKEEP_HEARTBEAT", "300ms")
                .with("JELLYKEEP_GRACE", "40s")
                .with("JELLYKEEP_MANAGEMENT_PORT", "0")
                .outside(new Outside(Watched::new, stop::set))
                .run("run");
    }

    /// Counts how often what is asked is looked at.
    private final class Watched extends ForwardingStore {
        Watched(BlobStore real) {
            super(real);
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
