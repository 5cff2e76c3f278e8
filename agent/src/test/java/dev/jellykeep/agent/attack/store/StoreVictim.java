package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.DeleteOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A command whose store is attacked, what it begins with, and what must hold after it, whatever was done to it.
@SuppressWarnings("ImmutableEnumChecker") // functions, without state
enum StoreVictim {
    /// The first backup of all.
    FIRST(StoreVictim::fresh, "backup", (place, base, ended) -> saved(place, base, 0, ended.isOk())),

    /// Of data that have changed since the head was made.
    BACKUP(
            (at, base) -> changed(base.copy(at, true, true)),
            "backup",
            (place, base, ended) -> saved(place, base, base.epoch(), ended.isOk())),

    /// The same while another replica holds the line.
    FORKED(
            (at, base) -> ByHand.held(changed(base.copy(at, true, true))),
            "backup",
            (place, base, ended) -> ByHand.besideTheLine(place, base, ended)),

    /// Into an empty data root.
    RESTORE((at, base) -> base.copy(at, true, false), "restore", StoreVictim::restored),

    /// Where the lineage document is lost.
    REBUILD((at, base) -> without(base.copy(at, true, false)), "restore", StoreVictim::restored),

    /// Where it can't be read: it is saved aside, and replaced.
    UNREADABLE((at, base) -> spoilt(base.copy(at, true, false)), "restore", StoreVictim::restored),

    /// Where the newest archive was stored, and not registered.
    ROLL((at, base) -> ByHand.unregistered(base.copy(at, true, false)), "restore", StoreVictim::restored),

    /// Of an older archive that is pinned.
    PINNED((at, base) -> Administered.pinned(at, base, false), "restore", Administered::restoredOnce),

    /// A fork becomes the head of a line that went on without it.
    PROMOTE_FORK(
            (at, base) -> {
                Place place = ByHand.forked(at, base);
                return ByHand.promote(place).in(place);
            },
            place -> new String[] {"promote", ByHand.of(place).name()},
            StoreVictim::promoted),

    /// What a guard has refused becomes the head.
    PROMOTE_SUSPECT(
            (at, base) -> {
                Place place = ByHand.refused(at, base);
                return ByHand.promote(place).in(place);
            },
            place -> new String[] {"promote", ByHand.of(place).name()},
            StoreVictim::promoted),

    /// A fork of two archives goes.
    DROP(
            (at, base) -> {
                Place place = ByHand.forked(at, base);
                return ByHand.drop(place).in(place);
            },
            StoreVictim::drop,
            (place, base, ended) -> {
                ByHand wanted = ByHand.of(place);
                boolean done = !wanted.isNamed(place);
                says(ended, done);
                wanted.again(place, done, "there is no fork that ends with", drop(place));
                place.requireHead(base.back(), Base.LAST);
            }),

    /// The next cold start restores the oldest archive.
    PIN(
            (at, base) -> {
                Place place = base.copy(at, true, true);
                return ByHand.pin(place).in(place);
            },
            StoreVictim::pin,
            (place, base, ended) -> {
                ByHand wanted = ByHand.of(place);
                says(ended, wanted.isPinned(place));
                wanted.again(place, false, "", pin(place));
                if (!wanted.isPinned(place)) {
                    throw new AssertionError(wanted.name() + " is not pinned");
                }
                place.requireHead(base.back(), Base.FIRST);
            }),

    /// A lineage for an app that has none.
    INIT(
            (at, base) -> base.copy(at, false, true),
            _ -> Administered.INIT,
            (place, _, ended) -> Administered.initialised(place, ended)),

    /// The same, which takes over the newest of archives that are nobody's.
    ADOPT(Administered::unknown, _ -> Administered.INIT, Administered::adopted),

    /// The lineage goes to another app.
    MOVE(Administered::ofAnApp, _ -> Administered.MOVE, Administered::moved),

    /// What was pinned no longer is.
    CLEAR((at, base) -> Administered.pinned(at, base, true), _ -> Administered.CLEAR, Administered::cleared),

    /// Retention drops the oldest of three archives.
    PRUNE(Administered::withMore, _ -> Administered.PRUNE, Administered::pruned) {
        @Override
        Cli cli(Place place) {
            return Administered.sparing(place.cli());
        }
    },

    /// The sidecar: its start, a backup, what retention drops, and the final backup.
    RUN(
            (at, base) -> changed(base.copy(at, true, true)),
            "run",
            (place, base, _) -> saved(place, base, base.epoch(), false)) {
        @Override
        Cli.Answer act(Place place, StoreAttack attack) {
            return new AttackedRun(place, attack).live();
        }

        // It is told to stop as soon as it hangs.
        @Override
        Duration patience() {
            return AttackedRun.SHORT_GRACE;
        }
    };

    private interface Preparation {
        Place of(Path at, Base base) throws IOException;
    }

    private interface Command {
        String[] on(Place place) throws IOException;
    }

    private interface Judge {
        void of(Place place, Base base, Ended ended) throws IOException;
    }

    private final Preparation preparation;
    private final Command command;
    private final Judge judge;

    StoreVictim(Preparation preparation, String command, Judge judge) {
        this(preparation, _ -> new String[] {command}, judge);
    }

    StoreVictim(Preparation preparation, Command command, Judge judge) {
        this.preparation = preparation;
        this.command = command;
        this.judge = judge;
    }

    /// What became of the command.
    ///
    /// @param code null: it was killed
    record Ended(@Nullable ExitCode code, String said) {
        boolean isOk() {
            return code == ExitCode.OK;
        }

        static Ended of(Cli.Answer answer) {
            return new Ended(answer.code(), answer.code() + " " + answer.err().strip());
        }
    }

    /// From a call that hangs until the process is killed for it.
    Duration patience() {
        return Duration.ofMillis(250);
    }

    Place prepare(Path at, Base base) throws IOException {
        return preparation.of(at, base);
    }

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
        return command.on(place);
    }

    /// @throws AssertionError with what doesn't hold
    void judge(Place place, Base base, Ended ended) throws IOException {
        judge.of(place, base, ended);
    }

    private static Place fresh(Path at, Base base) throws IOException {
        Place place = base.copy(at, false, true);
        Files.delete(place.root().resolve(".jellykeep/replica.json"));
        return changed(place);
    }

    private static Place changed(Place place) throws IOException {
        place.write(Base.NEW);
        return place;
    }

    private static Place without(Place place) {
        try (BlobStore store = place.open()) {
            DeleteOutcome _ = store.delete(Scene.DOCUMENT);
        }
        return place;
    }

    private static Place spoilt(Place place) {
        try (BlobStore store = place.open()) {
            String _ = store.put(Scene.DOCUMENT, "no document".getBytes(StandardCharsets.UTF_8), Map.of());
        }
        return place;
    }

    private static String[] drop(Place place) throws IOException {
        return new String[] {"forks", "drop", ByHand.of(place).name()};
    }

    private static String[] pin(Place place) throws IOException {
        return new String[] {"pin", ByHand.of(place).name()};
    }

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
