package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.DeleteOutcome;
import java.io.IOException;
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

        /// It is told to stop as soon as it hangs.
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
        String command = this == RESTORE || this == REBUILD ? "restore" : "backup";
        return place.cli().outside(new Outside(around, _ -> {})).run(command);
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
