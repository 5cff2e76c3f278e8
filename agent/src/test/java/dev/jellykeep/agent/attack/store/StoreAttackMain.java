package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.ServerData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Attacks each call that each command makes to its store, in each way, and prints what was tried. Arguments: a folder
/// to work in, how many points are tried (0: all), the seed that chooses them, and how many are tried at a time. Exit
/// code 1 if anything does not hold, or a point is not reached of a command that makes the same calls each time.
public final class StoreAttackMain {
    /// What is found in all that is tried, such as `RESTORE LOST` or `(DROP|PIN)`.
    private static final Pattern ONLY = Pattern.compile(System.getProperty("attack.only", ""));

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(120);
    private static final long LOOK_EVERY = 10;

    private final Path work;
    private final int most;
    private final Random random;
    private final int lanes;
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> notReached = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicInteger points = new AtomicInteger();

    StoreAttackMain(Path work, int most, long seed, int lanes) {
        this.work = work;
        this.most = most;
        this.random = new Random(seed);
        this.lanes = lanes;
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        StoreAttackMain all = new StoreAttackMain(
                work, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {
            if (!(thrown instanceof StoreAttack.Killed)) {
                System.out.println(thread.getName() + " ended: " + thrown);
            }
        });
        int tried = all.run();
        System.out.println(tried + " points, " + all.wrong.size() + " wrong; not reached: " + all.notReached + "; seed "
                + arguments[2]);
        System.out.flush();
        // one that hangs is still there
        Runtime.getRuntime().halt(all.wrong.isEmpty() ? 0 : 1);
    }

    private record Point(StoreVictim victim, StoreAttack.Kind kind, int at) {
        String way() {
            return victim + " " + kind;
        }
    }

    private int run() throws Exception {
        Base base = Base.make(work.resolve("base"), Place::withFolder, 0);
        List<Point> all = new ArrayList<>();
        for (StoreVictim victim : StoreVictim.values()) {
            List<StoreAttack.Kind> kinds = Stream.of(StoreAttack.Kind.values())
                    .filter(kind -> kind != StoreAttack.Kind.NONE)
                    .filter(kind -> ONLY.matcher(victim + " " + kind).find())
                    .toList();
            if (kinds.isEmpty()) {
                continue;
            }
            List<StoreAttack.Made> calls = attack(new Point(victim, StoreAttack.Kind.NONE, 0), base);
            System.out.println(victim + ": " + calls.size() + " calls " + kinds(calls));
            for (int i = 0; i < calls.size(); i++) {
                System.out.println("  " + (i + 1) + " " + calls.get(i).what());
            }
            for (StoreAttack.Kind kind : kinds) {
                for (int i = 0; i < calls.size(); i++) {
                    if (calls.get(i).suits(kind)) {
                        all.add(new Point(victim, kind, i + 1));
                    }
                }
            }
        }
        return new Lanes(lanes).go(Lanes.some(all, most, random), Point::way, point -> attack(point, base));
    }

    private static String kinds(List<StoreAttack.Made> calls) {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        calls.forEach(call -> kinds.merge(call.what().split(" ", 2)[0], 1, Integer::sum));
        return kinds.toString();
    }

    private List<StoreAttack.Made> attack(Point point, Base base) throws IOException, InterruptedException {
        int number = points.incrementAndGet();
        Path at = work.resolve("point-" + number);
        Place place = point.victim().prepare(at, base);
        StoreAttack attack = new StoreAttack(point.kind(), point.at());
        StoreVictim.Ended[] ended = {new StoreVictim.Ended(null, "killed")};
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                ended[0] = StoreVictim.Ended.of(point.victim().act(place, attack));
            } catch (RuntimeException | Error e) {
                ended[0] = new StoreVictim.Ended(ExitCode.UNEXPECTED, "thrown: " + e);
            }
        });
        boolean hangs = !awaitEnd(thread, attack, point.victim());
        StoreVictim.Ended came = ended[0];
        // what a killed process has locked, it has locked there, and what is left of it goes on there
        Path left = work.resolve("left-" + number);
        if (!hangs) {
            ServerData.copyTree(at, left);
        }
        attack.end();
        thread.join(TimeUnit.NANOSECONDS.toMillis(LONGEST));
        String failure = hangs ? "hangs" : thread.isAlive() ? "is not gone" : judged(point, left, base, came);
        if (failure == null && point.at() > 0 && !attack.isHit()) {
            int _ = notReached.merge(point.way(), 1, Integer::sum);
            // how often a sidecar looks around depends on the machine
            failure = point.victim() == StoreVictim.RUN ? null : "was not reached";
        }
        if (!thread.isAlive()) {
            Workspace.deleteTree(at);
        }
        Workspace.deleteTree(left);
        if (failure != null) {
            String what = point.at() > 0 && point.at() <= attack.calls().size()
                    ? attack.calls().get(point.at() - 1).what()
                    : "-";
            String sentence = point + " (" + what + "), which ended: " + came.said() + ": " + failure;
            wrong.add(sentence);
            System.out.println(sentence);
        }
        return attack.calls();
    }

    /// Until it is over, or dead and what is left of it waits for others that are dead.
    private static boolean awaitEnd(Thread thread, StoreAttack attack, StoreVictim victim) throws InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < LONGEST) {
            thread.join(LOOK_EVERY);
            attack.killAfter(victim.patience());
            boolean waits = thread.getState() == Thread.State.WAITING || !thread.isAlive();
            if (!thread.isAlive() || (attack.isDead() && waits)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String judged(Point point, Path left, Base base, StoreVictim.Ended ended) {
        try {
            Place place = Place.withFolder(left);
            if (ended.code() == ExitCode.UNEXPECTED) {
                throw new AssertionError("a fault of the store is no error of the program");
            }
            point.victim().judge(place, base, ended);
            return null;
        } catch (IOException | RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }
}
