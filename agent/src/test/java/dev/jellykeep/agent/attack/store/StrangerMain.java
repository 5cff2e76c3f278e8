package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A stranger in the store: what he plants before a restore or between its listing and its download, and small blobs
/// that
/// he poisons before a command. Never may anything of his come back, and always there is a reason. Arguments: a folder
/// to
/// work in, how many poisoned stores are tried, the seed, and how much of what may be planted (0: all).
public final class StrangerMain {
    private static final String STRANGE = "what a stranger wrote";
    private static final String FIRST = "what was saved first";
    private static final List<String> COMMANDS =
            List.of("restore", "backup", "list", "status", "forks", "verify", "prune", "init");

    private final Path work;
    private final Base base;
    private final Place strange;
    private final Map<ExitCode, Integer> ends = new EnumMap<>(ExitCode.class);
    private int wrong;
    private int points;

    StrangerMain(Path work) throws IOException {
        this.work = work;
        base = Base.make(Files.createDirectories(work.resolve("base")), Place::withFolder, 0);
        strange = Place.withFolder(work.resolve("strange"));
        var _ = ServerData.copyTo(strange.root());
        strange.write(STRANGE);
        strange.cli().run("backup").expect(ExitCode.OK);
    }

    public static void main(String[] arguments) throws Exception {
        StrangerMain all = new StrangerMain(Files.createDirectories(Path.of(arguments[0])));
        int poisoned = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        int most = Integer.parseInt(arguments[3]);
        for (Planted planted : Lanes.some(List.of(Planted.values()), most, new Random(seed))) {
            all.planted(planted, seed);
            all.betweenListingAndDownload(planted, seed);
        }
        System.out.println(all.points + " planted or changed under way: " + all.ends);
        all.ends.clear();
        for (int i = 0; i < poisoned; i++) {
            all.poisoned(seed + i);
        }
        System.out.println(poisoned + " poisoned stores, seeds from " + seed + ": " + all.ends);
        all.ends.clear();
        int runs = poisoned / 4 + 1;
        for (int i = 0; i < runs; i++) {
            all.poisonedRun(seed + i);
        }
        System.out.println(runs + " runs in poisoned stores, seeds from " + seed + ": " + all.ends);
        System.out.println(all.wrong + " wrong");
        System.out.flush();
        Runtime.getRuntime().halt(all.wrong == 0 ? 0 : 1);
    }

    /// Before the restore.
    void planted(Planted planted, long seed) throws IOException {
        restored(planted + " planted, seed " + seed, scene -> planted.plant(scene), null, seed);
    }

    /// After the restore has seen the listing.
    void betweenListingAndDownload(Planted planted, long seed) throws IOException {
        restored(planted + " between, seed " + seed, _ -> {}, planted, seed);
    }

    private void restored(String what, Consumer<Scene> before, @Nullable Planted between, long seed)
            throws IOException {
        points++;
        Place place = base.copy(work.resolve("point"), true, false);
        try (BlobStore ours = place.open();
                BlobStore theirs = strange.open()) {
            Scene scene = new Scene(ours, theirs, new Random(seed));
            before.accept(scene);
            UnaryOperator<BlobStore> around = between == null
                    ? UnaryOperator.identity()
                    : store -> new ChangingStore(store, () -> between.plant(scene));
            Cli.Answer answer =
                    place.cli().outside(new Outside(around, _ -> {})).run("restore");
            judge(what, place, answer, List.of(Base.OLD, FIRST));
            if (answer.code() == ExitCode.OK) {
                place.write(Base.NEW);
                place.cli().run("backup").expect(ExitCode.OK);
                place.requireHead(base.back(), Base.NEW);
            }
        } catch (RuntimeException | AssertionError e) {
            fail(what, e);
        } finally {
            Workspace.deleteTree(place.at());
        }
    }

    private void fail(String what, Throwable why) {
        wrong++;
        System.out.println("WRONG " + what + ": " + why);
    }

    /// Poisons some small blobs, and lets a command meet them.
    void poisoned(long seed) throws IOException {
        Random random = new Random(seed);
        String command = COMMANDS.get(random.nextInt(COMMANDS.size()));
        String what = command + ", poison " + seed;
        Place place = base.copy(work.resolve("point"), true, !command.equals("restore"));
        try (BlobStore ours = place.open();
                BlobStore theirs = strange.open()) {
            Scene scene = new Scene(ours, theirs, random);
            Poison.pour(scene, 1 + random.nextInt(3));
            judge(what, place, place.cli().run(command), List.of(Base.OLD, FIRST));
        } catch (RuntimeException | AssertionError e) {
            fail(what, e);
        } finally {
            Workspace.deleteTree(place.at());
        }
    }

    /// Lets an agent that runs meet small blobs that were poisoned before its start, or are while it runs.
    void poisonedRun(long seed) throws IOException {
        Place place = base.copy(work.resolve("point"), true, true);
        place.write(Base.NEW);
        Set<String> names = place.archives();
        try (BlobStore ours = place.open();
                BlobStore theirs = strange.open()) {
            Scene scene = new Scene(ours, theirs, new Random(seed));
            PoisonedRun run = new PoisonedRun(place, scene);
            Cli.Answer answer = run.live();
            String what = "run, poison " + seed;
            judge(what, place, answer, List.of(run.told() ? Base.LAST : Base.NEW));
            if (!place.archives().containsAll(names)) {
                fail(what, new AssertionError("of " + names + " there is only " + place.archives()));
            }
        } catch (RuntimeException | AssertionError e) {
            fail("run, poison " + seed, e);
        } finally {
            Workspace.deleteTree(place.at());
        }
    }

    private void judge(String what, Place place, Cli.Answer answer, List<String> good) throws IOException {
        ends.merge(answer.code(), 1, Integer::sum);
        boolean told = answer.code() == ExitCode.OK || !(answer.err() + answer.out()).isBlank();
        String note = Place.note(place.root());
        boolean mayBe = good.contains(note) || (note.equals("no note") && answer.code() != ExitCode.OK);
        if (answer.code() == ExitCode.UNEXPECTED
                || answer.err().contains("UNEXPECTED")
                || !told
                || !mayBe
                || note.equals(STRANGE)) {
            fail(
                    what,
                    new AssertionError(answer.code() + ", the data say '" + note + "': "
                            + answer.err().strip()));
        }
    }
}
