package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.DeleteOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A command whose store is attacked, what it begins with, and what must hold after it, whatever was done to it.
enum StoreVictim {
    /// The first backup of all.
    FIRST {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = base.copy(at, false, true);
            Files.delete(place.root().resolve(".jellykeep/replica.json"));
            place.write(Base.NEW);
            return place;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            saved(place, base, 0, ended.code() == ExitCode.OK);
        }
    },

    /// Of data that have changed since the head was made.
    BACKUP {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = base.copy(at, true, true);
            place.write(Base.NEW);
            return place;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            saved(place, base, base.epoch(), ended.code() == ExitCode.OK);
        }
    },

    /// Into an empty data root.
    RESTORE {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return base.copy(at, true, false);
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            restored(place, base, ended);
        }
    },

    /// Where the lineage document is lost.
    REBUILD {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = base.copy(at, true, false);
            try (BlobStore store = place.open()) {
                DeleteOutcome _ = store.delete("lineage.json");
            }
            return place;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            restored(place, base, ended);
        }
    },

    /// A fork becomes the head of a line that went on without it.
    PROMOTE_FORK {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = ByHand.forked(at, base);
            return ByHand.promote(place).in(place);
        }

        @Override
        String[] command(Place place) throws IOException {
            return new String[] {"promote", ByHand.of(place).name()};
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            promoted(place, base, ended);
        }
    },

    /// What a guard has refused becomes the head.
    PROMOTE_SUSPECT {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = ByHand.refused(at, base);
            return ByHand.promote(place).in(place);
        }

        @Override
        String[] command(Place place) throws IOException {
            return new String[] {"promote", ByHand.of(place).name()};
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            promoted(place, base, ended);
        }
    },

    /// A fork of two archives goes.
    DROP {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = ByHand.forked(at, base);
            return ByHand.drop(place).in(place);
        }

        @Override
        String[] command(Place place) throws IOException {
            return new String[] {"forks", "drop", ByHand.of(place).name()};
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            ByHand wanted = ByHand.of(place);
            boolean done = !wanted.isNamed(place);
            says(ended, done);
            wanted.again(place, done, "there is no fork that ends with", command(place));
            place.requireHead(base.back(), Base.LAST);
        }
    },

    /// The next cold start restores the oldest archive.
    PIN {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            Place place = base.copy(at, true, true);
            return ByHand.pin(place).in(place);
        }

        @Override
        String[] command(Place place) throws IOException {
            return new String[] {"pin", ByHand.of(place).name()};
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            ByHand wanted = ByHand.of(place);
            says(ended, wanted.isPinned(place));
            wanted.again(place, false, "", command(place));
            if (!wanted.isPinned(place)) {
                throw new AssertionError(wanted.name() + " is not pinned");
            }
            place.requireHead(base.back(), Base.FIRST);
        }
    },

    /// A lineage for an app that has none.
    INIT {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return base.copy(at, false, true);
        }

        @Override
        String[] command(Place place) {
            return Administered.INIT;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            Administered.initialised(place, ended);
        }
    },

    /// The same, which takes over the newest of archives that are nobody's.
    ADOPT {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return Administered.unknown(at, base);
        }

        @Override
        String[] command(Place place) {
            return Administered.INIT;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            Administered.adopted(place, base, ended);
        }
    },

    /// The lineage goes to another app.
    MOVE {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return Administered.ofAnApp(at, base);
        }

        @Override
        String[] command(Place place) {
            return Administered.MOVE;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            Administered.moved(place, base, ended);
        }
    },

    /// What was pinned no longer is.
    CLEAR {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return Administered.pinned(at, base);
        }

        @Override
        String[] command(Place place) {
            return Administered.CLEAR;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            Administered.cleared(place, base, ended);
        }
    },

    /// Retention drops the oldest of three archives.
    PRUNE {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return Administered.withMore(at, base);
        }

        @Override
        Cli cli(Place place) {
            return Administered.sparing(place.cli());
        }

        @Override
        String[] command(Place place) {
            return Administered.PRUNE;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            Administered.pruned(place, base, ended);
        }
    },

    /// The sidecar: its start, a backup, what retention drops, and the final backup.
    RUN {
        @Override
        Place prepare(Path at, Base base) throws IOException {
            return BACKUP.prepare(at, base);
        }

        @Override
        Cli.Answer act(Place place, StoreAttack attack) {
            return new AttackedRun(place, attack).live();
        }

        // It is told to stop as soon as it hangs.
        @Override
        Duration patience() {
            return AttackedRun.SHORT_GRACE;
        }

        @Override
        void judge(Place place, Base base, Ended ended) throws IOException {
            saved(place, base, base.epoch(), false);
        }
    };

    /// What became of the command.
    ///
    /// @param code null: it was killed
    record Ended(@Nullable ExitCode code, String said) {
        static Ended of(Cli.Answer answer) {
            return new Ended(answer.code(), answer.code() + " " + answer.err().strip());
        }
    }

    /// From a call that hangs until the process is killed for it.
    Duration patience() {
        return Duration.ofMillis(250);
    }

    abstract Place prepare(Path at, Base base) throws IOException;

    Cli.Answer act(Place place, StoreAttack attack) {
        return act(place, store -> new AttackedStore(store, attack));
    }

    /// @param around what is used in place of the store
    Cli.Answer act(Place place, UnaryOperator<BlobStore> around) {
        try {
            return cli(place).outside(new Outside(around, _ -> {})).run(command(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Cli cli(Place place) {
        return place.cli();
    }

    String[] command(Place place) throws IOException {
        return new String[] {this == RESTORE || this == REBUILD ? "restore" : "backup"};
    }

    /// @throws AssertionError with what doesn't hold
    abstract void judge(Place place, Base base, Ended ended) throws IOException;

    /// @param epoch of the last claim before it
    /// @param saysSo that it is saved
    private static void saved(Place place, Base base, long epoch, boolean saysSo) throws IOException {
        place.requireGoodStore();
        String note = Place.note(place.root());
        boolean sealed = place.document()
                .filter(document -> document.sealed() && document.epoch() > epoch)
                .isPresent();
        if (saysSo || sealed) {
            place.requireHead(base.back(), note);
        }
        place.cli().run("backup").expect(ExitCode.OK);
        place.requireAllInHead(base.back(), note);
    }

    private static void promoted(Place place, Base base, Ended ended) throws IOException {
        ByHand wanted = ByHand.of(place);
        boolean done = wanted.isHead(place);
        says(ended, done);
        wanted.again(place, done, "is in the head's history already", "promote", wanted.name());
        if (!wanted.isHead(place)) {
            throw new AssertionError(wanted.name() + " is not the head, or the line is not sealed");
        }
        place.requireHead(base.back(), Base.NEW);
    }

    private static void says(Ended ended, boolean done) {
        if (ended.code() == ExitCode.OK && !done) {
            throw new AssertionError("it says that it is done, and isn't");
        }
    }

    private static void restored(Place place, Base base, Ended ended) throws IOException {
        place.requireGoodStore();
        Path identity = place.root().resolve(".jellykeep/replica.json");
        boolean marked = Files.exists(identity);
        boolean complete = marked && Files.readString(identity).contains("\"complete\":true");
        if (!marked && Files.exists(place.root().resolve("data"))) {
            throw new AssertionError("data without an identity");
        }
        if (ended.code() == ExitCode.OK && !complete) {
            throw new AssertionError("it says that it has restored, and hasn't");
        }
        if (complete) {
            Place.requireSame(base.back(), place.root(), Base.OLD);
        }
        place.cli().run("restore").expect(ExitCode.OK);
        Place.requireSame(base.back(), place.root(), Base.OLD);
        place.requireAllInHead(base.back(), Base.OLD);
    }
}
