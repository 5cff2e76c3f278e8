package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A stranger in the store: what he plants before a restore, between its listing and its download, or under an agent
/// that runs, and small blobs that he poisons before a command or under a `run`. Never may anything of his come back,
/// or
/// anything of ours be lost, and always there is a reason. Arguments: a folder to work in, how many poisoned stores are
/// tried, the seed, and how much of what may be planted (0: all).
public final class StrangerMain {
    private static final List<String> COMMANDS =
            List.of("restore", "backup", "list", "status", "forks", "verify", "prune", "init");

    private static final int LANES = 4;

    private final Path work;
    private final Base base;
    private final Place strange;
    private final Map<ExitCode, Integer> ends = new EnumMap<>(ExitCode.class);
    private final Map<String, Integer> saved = new TreeMap<>();
    private int wrong;
    private int points;

    StrangerMain(Path work) throws IOException {
        this.work = work;
        base = Base.make(Files.createDirectories(work.resolve("base")), Place::withFolder, 0);
        strange = Place.withFolder(work.resolve("strange"));
        var _ = ServerData.copyTo(strange.root());
        strange.write(Came.STRANGE);
        strange.cli().run("backup").expect(ExitCode.OK);
    }

    public static void main(String[] arguments) throws Exception {
        StrangerMain all = new StrangerMain(Files.createDirectories(Path.of(arguments[0])));
        int poisoned = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        int most = Integer.parseInt(arguments[3]);
        List<Planted> wanted = Stream.of(Planted.values())
                .filter(each -> each.name().contains(System.getProperty("attack.only", "")))
                .toList();
        List<Planted> planted = Lanes.some(wanted, most, new Random(seed));
        all.untouched();
        all.print("as they are: ");
        for (Planted each : planted) {
            all.planted(each, seed);
            all.betweenListingAndDownload(each, seed);
        }
        all.print("planted or changed under way: ");
        List<Callable<Object>> runs = new ArrayList<>();
        for (Planted each : planted) {
            runs.add(() -> all.plantedUnderRun(each, seed, 2, true));
            if (each.asks()) {
                runs.add(() -> all.plantedUnderRun(each, seed, 0, true));
                runs.add(() -> all.plantedUnderRun(each, seed, 2, false));
            }
        }
        at(runs);
        all.print("planted under a run: ");
        for (int i = 0; i < poisoned; i++) {
            all.poisoned(seed + i);
        }
        all.print("poisoned stores, seeds from " + seed + ": ");
        List<Callable<Object>> poisonedRuns = new ArrayList<>();
        for (int i = 0; i < poisoned / 4 + 1; i++) {
            long each = seed + i;
            poisonedRuns.add(() -> all.poisonedRun(each));
        }
        at(poisonedRuns);
        all.print("runs in poisoned stores, seeds from " + seed + ": ");
        System.out.println(all.wrong + " wrong");
        System.out.flush();
        Runtime.getRuntime().halt(all.wrong == 0 ? 0 : 1);
    }

    /// A few at a time, since most of what an agent that runs does is waiting.
    private static void at(List<Callable<Object>> runs) throws Exception {
        try (var executor = Executors.newFixedThreadPool(LANES)) {
            for (Future<Object> one : executor.invokeAll(runs)) {
                Object _ = one.get();
            }
        }
    }

    private void print(String what) {
        System.out.println(points + " " + what + ends + (saved.isEmpty() ? "" : ", to be saved was " + saved));
        ends.clear();
        saved.clear();
        points = 0;
    }

    /// What is done here succeeds, and says nothing of a problem, where nobody has touched the store: what fails later,
    /// or is told, is the stranger's doing.
    void untouched() throws IOException {
        for (String command : COMMANDS) {
            var _ = attempt(command, !command.equals("restore"), new Random(0), (place, scene) -> {
                scene.leaveFork();
                Set<String> names = place.archives();
                // a fork is something to look at
                ExitCode usual = command.equals("status") ? ExitCode.NOT_PROTECTED : ExitCode.OK;
                var _ = came(place, keepingTwo(place).run(command).expect(usual));
                requireAll(names, place);
                var _ = place.restored().requireRestored("a restore after it", Set.of(Base.OLD));
            });
        }
        var _ = attempt("run", true, new Random(0), (place, scene) -> {
            place.write(Base.NEW);
            PoisonedRun run = new PoisonedRun(place, () -> {}, 0, true);
            Cli.Answer answer = run.live();
            var _ = came(place, answer);
            if (!why(answer).isEmpty()) {
                throw new AssertionError("a problem: " + answer.err());
            }
            requireSaved(place, Base.LAST, false, answer);
        });
    }

    /// Before the restore.
    void planted(Planted planted, long seed) throws IOException {
        restored(planted + " planted, seed " + seed, planted.restored(), planted::plant, null, seed);
    }

    /// After the restore has seen the listing.
    void betweenListingAndDownload(Planted planted, long seed) throws IOException {
        restored(planted + " between, seed " + seed, planted.between(), _ -> {}, planted, seed);
    }

    private void restored(String what, String good, Consumer<Scene> before, @Nullable Planted between, long seed)
            throws IOException {
        var _ = attempt(what, false, new Random(seed), (place, scene) -> {
            before.accept(scene);
            UnaryOperator<BlobStore> around = between == null
                    ? UnaryOperator.identity()
                    : store -> new ChangingStore(store, () -> between.plant(scene));
            Cli.Answer answer =
                    place.cli().outside(new Outside(around, _ -> {})).run("restore");
            Came came = came(place, answer).requireRestored("restore", Set.of(good));
            if (came.isOk()) {
                var _ = place.cli().run("pin", "--clear");
                place.write(Base.NEW);
                place.cli().run("backup").expect(ExitCode.OK);
                place.requireHead(base.back(), Base.NEW);
            }
        });
    }

    /// @param after how many of the agent's looks; 0: before its start
    /// @param busy something is written right before its end
    boolean plantedUnderRun(Planted planted, long seed, int after, boolean busy) throws IOException {
        String what = "%s under a run after %d looks%s, seed %d".formatted(planted, after, busy ? "" : ", idle", seed);
        return attempt(what, true, new Random(seed), (place, scene) -> {
            place.write(Base.NEW);
            PoisonedRun run = new PoisonedRun(place, () -> planted.plant(scene), after, busy);
            Cli.Answer answer = run.live();
            var _ = came(place, answer).require("run", Set.of(run.toSave()));
            if (after > 0 && !answer.err().contains(planted.met())) {
                throw new AssertionError("it has not met it: " + answer.err());
            }
            requireSaved(place, run.toSave(), planted.endsBeside(), answer);
        });
    }

    /// The first numbers of {@link Random} are alike for seeds that follow each other.
    private static Random mixed(long seed) {
        return new Random(new SplittableRandom(seed).nextLong());
    }

    /// Poisons some small blobs, and lets a command meet them. As many archives are kept as there are in the line, so
    /// that one which goes is one too many.
    void poisoned(long seed) throws IOException {
        Random random = mixed(seed);
        String command = COMMANDS.get(Math.floorMod(seed, COMMANDS.size()));
        var _ = attempt(command + ", poison " + seed, !command.equals("restore"), random, (place, scene) -> {
            scene.leaveFork();
            Set<String> names = place.archives();
            // few documents that are poisoned anyhow let anything be pruned
            boolean turned = command.equals("prune") && random.nextBoolean();
            Set<String> poisoned = turned ? Poison.turn(scene) : Poison.pour(scene, 1 + random.nextInt(3));
            String data = command.equals("restore") ? Base.NOTHING : command.equals("backup") ? Base.NEW : Base.OLD;
            if (command.equals("backup")) {
                place.write(Base.NEW);
            }
            Cli.Answer answer = keepingTwo(place).run(command);
            Set<String> good = mayComeBack(command, answer.code(), poisoned);
            if (command.equals("restore")) {
                var _ = came(place, answer).requireRestored(command, good);
            } else {
                var _ = came(place, answer).require(command, Set.of(data));
            }
            requireAll(names, place);
            var _ = place.restored().requireRestored("a restore after " + command, good);
        });
    }

    private static Cli keepingTwo(Place place) {
        return place.cli()
                .with("JELLYKEEP_HANDOFF_TIMEOUT", "500ms")
                .with("JELLYKEEP_KEEP_LAST", "2")
                .with("JELLYKEEP_KEEP_MINIMUM", "1")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0");
    }

    /// An older archive comes back, or none, only where the stranger wrote what says so.
    private static Set<String> mayComeBack(String command, ExitCode code, Set<String> poisoned) {
        Set<String> good = new HashSet<>();
        if (poisoned.contains(Scene.DOCUMENT) || poisoned.contains(BlobLayout.RESTORE)) {
            good.add(Base.NOTHING);
        }
        boolean backup = command.equals("backup");
        if (backup) {
            good.add(Base.NEW);
        }
        if (!backup || code != ExitCode.OK) {
            good.add(Base.OLD);
            if (poisoned.contains(Scene.DOCUMENT)) {
                good.add(Base.FIRST);
            }
        }
        if (poisoned.contains(BlobLayout.RESTORE)) {
            good.addAll(Set.of(Base.OLD, Base.FIRST));
        }
        return good;
    }

    /// Lets an agent that runs meet small blobs that were poisoned before its start, or are while it runs. It keeps one
    /// archive, and the one that was proven to restore; what isn't in the line isn't its to prune.
    boolean poisonedRun(long seed) throws IOException {
        Random random = mixed(seed);
        return attempt("run, poison " + seed, true, random, (place, scene) -> {
            place.write(Base.NEW);
            Set<String> line = place.archives();
            scene.leaveFork();
            Set<String> beside = new HashSet<>(place.archives());
            beside.removeAll(line);
            int after = random.nextBoolean() ? 0 : 1;
            int places = 1 + random.nextInt(3);
            String proven = scene.head();
            Set<String> poisoned = ConcurrentHashMap.newKeySet();
            PoisonedRun run = new PoisonedRun(place, () -> poisoned.addAll(Poison.pour(scene, places)), after, true);
            Cli.Answer answer = run.live();
            var _ = came(place, answer).require("run", Set.of(run.toSave()));
            requireAll(beside, place);
            if (Collections.disjoint(poisoned, Set.of(Scene.DOCUMENT, BlobLayout.PROOF))) {
                requireAll(Set.of(proven), place);
            }
            requireSaved(place, run.toSave(), poisoned.contains(Scene.DOCUMENT), answer);
        });
    }

    private static void requireAll(Set<String> names, Place place) {
        if (!place.archives().containsAll(names)) {
            throw new AssertionError("of " + names + " there is only " + place.archives());
        }
    }

    /// What was to be saved comes back, if need be after a stranger's wish was taken back. Otherwise it is beside the
    /// line, or the agent has said why not.
    ///
    /// @param mayBeBeside or told of
    private void requireSaved(Place place, String note, boolean mayBeBeside, Cli.Answer run) throws IOException {
        Set<String> any = Set.of(Base.NOTHING, Base.FIRST, Base.OLD, Base.NEW, Base.LAST);
        Came came = place.restored().requireRestored("a restore after it", any);
        if (!came.note().equals(note)) {
            Cli.Answer _ = place.cli().run("pin", "--clear");
            came = place.restored().requireRestored("a restore without a pin", any);
        }
        String where = came.note().equals(note) ? "in the head" : place.hasSomewhere(note) ? "beside it" : "told of";
        synchronized (this) {
            saved.merge(where, 1, Integer::sum);
        }
        if (where.equals("in the head")) {
            return;
        }
        List<String> why = why(run);
        if (!mayBeBeside || why.isEmpty()) {
            throw new AssertionError("'%s' is not what comes back but '%s': %s%s, after %s"
                    .formatted(note, came.note(), where, came.answer().err(), run.err()));
        }
    }

    private static List<String> why(Cli.Answer run) {
        return run.err()
                .lines()
                .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .toList();
    }

    private synchronized Came came(Place place, Cli.Answer answer) throws IOException {
        ends.merge(answer.code(), 1, Integer::sum);
        return new Came(answer, Place.note(place.root()));
    }

    /// What is tried at one place.
    private interface Try {
        void at(Place place, Scene scene) throws IOException;
    }

    private boolean attempt(String what, boolean withData, Random random, Try tried) throws IOException {
        Place place = base.copy(Files.createTempDirectory(work, "point"), true, withData);
        Throwable why = null;
        try (BlobStore ours = place.open();
                BlobStore theirs = strange.open()) {
            tried.at(place, new Scene(ours, theirs, random));
        } catch (RuntimeException | AssertionError e) {
            why = e;
        } finally {
            Workspace.deleteTree(place.at());
        }
        tried(what, why);
        return why == null;
    }

    private synchronized void tried(String what, @Nullable Throwable why) {
        points++;
        if (why != null) {
            wrong++;
            System.out.println("WRONG " + what + ": " + why);
        }
    }
}
