package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Attacks each call of each command in each way, one after another, and prints what was tried. Arguments: a folder to
/// work in, how many of a command's calls are tried in each way (0: all), and the seed that chooses them. Exit code 1
/// if
/// anything does not hold. Needs {@link AttackedProvider} as the default file system.
public final class AttackMain {
    /// Part of what is tried, such as `RESTORE KILL`.
    private static final String ONLY = System.getProperty("attack.only", "");

    private static final long LONGEST = TimeUnit.SECONDS.toMillis(60);

    private static final long STEP = 10;

    /// From a kill, or a call that hangs, until threads that wait for others are taken for gone.
    private static final long AFTER = 250;

    private final Path work;
    private final int most;
    private final Random random;
    private final List<String> wrong = new ArrayList<>();
    private int points;

    private AttackMain(Path work, int most, long seed) {
        this.work = work;
        this.most = most;
        this.random = new Random(seed);
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        AttackMain all = new AttackMain(work, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        int points = all.run();
        System.out.println(points + " points, " + all.wrong.size() + " wrong; seed " + arguments[2]);
        all.wrong.forEach(System.out::println);
        System.out.flush();
        Runtime.getRuntime().halt(all.wrong.isEmpty() ? 0 : 1);
    }

    private int run() throws IOException, InterruptedException {
        Base base = Base.make(Files.createDirectories(work.resolve("base")));
        int tried = 0;
        for (Victim victim : Victim.HERE) {
            List<Attack.Made> calls = attack(victim, base, Attack.Kind.NONE, 0);
            Files.write(
                    work.resolve(victim + ".calls"),
                    calls.stream().map(Attack.Made::what).toList());
            System.out.println(victim + ": " + calls.size() + " calls " + kinds(calls));
            for (int i = 0; i < calls.size(); i++) {
                System.out.println("  " + (i + 1) + " " + calls.get(i).what());
            }
            for (Attack.Kind kind : Attack.Kind.values()) {
                if (kind != Attack.Kind.NONE && (victim + " " + kind).contains(ONLY)) {
                    List<Integer> chosen = chosen(calls, kind);
                    for (int at : chosen) {
                        attack(victim, base, kind, at);
                    }
                    tried += chosen.size();
                    System.out.println("  " + kind + " at " + chosen.size() + " of them");
                }
            }
        }
        return tried;
    }

    private static String kinds(List<Attack.Made> calls) {
        TreeMap<String, Integer> kinds = new TreeMap<>();
        calls.forEach(call -> kinds.merge(call.what().split(" (root|store)", 2)[0], 1, Integer::sum));
        return kinds.toString();
    }

    private List<Integer> chosen(List<Attack.Made> calls, Attack.Kind kind) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).suits(kind)) {
                all.add(i + 1);
            }
        }
        if (most > 0) {
            Collections.shuffle(all, random);
        }
        return most == 0 ? all : all.subList(0, Math.min(most, all.size()));
    }

    private List<Attack.Made> attack(Victim victim, Base base, Attack.Kind kind, int at)
            throws IOException, InterruptedException {
        Path point = work.resolve("point-" + ++points);
        victim.prepare(point, base);
        Attack attack = new Attack(point, kind, at);
        String[] said = {"killed"};
        Thread thread = Thread.ofPlatform().daemon().start(() -> {
            try {
                attack.on(() -> said[0] = told(victim.cli(point).run(victim.command())));
            } catch (IOException | RuntimeException | Error e) {
                said[0] = ExitCode.UNEXPECTED + " thrown: " + e;
            }
        });
        long stuck = 0;
        for (long waited = 0; waited < LONGEST && thread.isAlive() && stuck < AFTER; waited += STEP) {
            thread.join(STEP);
            stuck += attack.isStuck() ? STEP : 0;
        }
        attack.end();
        // the threads of a process that was killed are gone, and with them what they have locked in it
        Path left = work.resolve("left-" + points);
        String where = victim + " " + kind + " at " + at + " ("
                + (at > 0 && at <= attack.calls().size()
                        ? attack.calls().get(at - 1).what()
                        : "-") + "), which ended: " + said[0];
        if (thread.isAlive() && !attack.isDead()) {
            wrong.add(where + ": hangs");
        }
        try {
            ServerData.copyTree(point, left);
            if (said[0].startsWith(ExitCode.UNEXPECTED.name())) {
                throw new AssertionError("a failure of the disk is no error of the program");
            }
            victim.judge(left, base);
        } catch (IOException | RuntimeException | AssertionError e) {
            wrong.add(where + ": " + e.getMessage());
        }
        delete(point);
        delete(left);
        return attack.calls();
    }

    private static String told(Cli.Answer answer) {
        return answer.code() + " " + answer.err().strip();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
