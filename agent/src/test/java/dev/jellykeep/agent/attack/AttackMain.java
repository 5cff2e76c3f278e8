package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
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
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Attacks each call of each command in each way, one after another, and prints what was tried. Exit code 1 if anything
/// does not hold. Arguments: a folder to work in; how many of a command's calls are tried in each way (0: all); the
/// seed
/// that chooses them; which share of how many is this process's, such as `2/8`. Needs {@link AttackedProvider} as the
/// default file system.
public final class AttackMain {
    /// Part of what is tried, such as `RESTORE KILL`.
    private static final String ONLY = System.getProperty("attack.only", "");

    /// One of so many.
    private static final int MOST_MISSED = 10;

    /// The sidecar goes on where others end.
    private static final Pattern UNEXPECTED = Pattern.compile("unexpected:? \\w+\\.\\w");

    private final Path work;
    private final int most;
    private final Random random;
    private final int share;
    private final int shares;
    private final List<String> wrong = new ArrayList<>();
    private int points;
    private int missed;

    private AttackMain(Path work, int most, long seed, String part) {
        this.work = work;
        this.most = most;
        this.random = new Random(seed);
        this.share = Integer.parseInt(part.split("/", 2)[0]);
        this.shares = Integer.parseInt(part.split("/", 2)[1]);
    }

    public static void main(String[] arguments) throws Exception {
        Path work = Files.createDirectories(Path.of(arguments[0]));
        AttackMain all =
                new AttackMain(work, Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), arguments[3]);
        int points = all.run();
        System.out.println(points + " points, " + all.wrong.size() + " wrong; seed " + arguments[2]);
        System.out.flush();
        Runtime.getRuntime().halt(all.wrong.isEmpty() ? 0 : 1);
    }

    private int run() throws IOException, InterruptedException {
        Base base = Base.make(Files.createDirectories(work.resolve("base")));
        int tried = 0;
        for (Victim victim : Victim.values()) {
            List<Attack.Made> calls = attack(victim, base, Attack.Kind.NONE, 0);
            Files.write(
                    work.resolve(victim + ".calls"),
                    calls.stream().map(Attack.Made::what).toList());
            if (share == 1) {
                System.out.println(victim + ": " + calls.size() + " calls " + kinds(calls));
                for (int i = 0; i < calls.size(); i++) {
                    System.out.println("  " + (i + 1) + " " + calls.get(i).what());
                }
            }
            for (Attack.Kind kind : Attack.Kind.values()) {
                if (isTried(victim, kind)) {
                    List<Integer> chosen = chosen(calls, kind);
                    missed = 0;
                    for (int at : chosen) {
                        attack(victim, base, kind, at);
                    }
                    tried += chosen.size();
                    System.out.println("  " + victim + " " + kind + " at " + chosen.size() + " of them"
                            + (missed == 0 ? "" : ", " + missed + " not reached"));
                    if (missed > 1 + chosen.size() / MOST_MISSED) {
                        wrong.add(victim + " " + kind + ": " + missed + " not reached");
                    }
                }
            }
        }
        return tried;
    }

    /// A `run` is killed as a process, by {@link RealAttack}.
    private static boolean isTried(Victim victim, Attack.Kind kind) {
        return kind != Attack.Kind.NONE
                && kind != Attack.Kind.TWICE
                && !(victim == Victim.RUN && kind == Attack.Kind.KILL)
                && (victim + " " + kind).contains(ONLY);
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
        List<Integer> chosen = most == 0 ? all : all.subList(0, Math.min(most, all.size()));
        return IntStream.range(0, chosen.size())
                .filter(i -> i % shares == share - 1)
                .mapToObj(chosen::get)
                .toList();
    }

    private List<Attack.Made> attack(Victim victim, Base base, Attack.Kind kind, int at)
            throws IOException, InterruptedException {
        Path point = work.resolve("point-" + ++points);
        victim.prepare(point, base);
        Attack attack = new Attack(point, kind, at);
        String said = new Play(victim, point, attack).toTheEnd();
        // the threads of a process that was killed are gone, and with them what they have locked in it
        Path left = work.resolve("left-" + points);
        String where = victim + " " + kind + " at " + at + " ("
                + (at > 0 && at <= attack.calls().size()
                        ? attack.calls().get(at - 1).what()
                        : "-") + "), which ended: " + said;
        try {
            ServerData.copyTree(point, left);
            if (said.equals("hangs")) {
                throw new AssertionError("it doesn't end");
            }
            if (said.startsWith(ExitCode.UNEXPECTED.name())
                    || UNEXPECTED.matcher(said).find()) {
                throw new AssertionError("a failure of the disk is no error of the program");
            }
            victim.judge(left, base, kind, said.startsWith(ExitCode.OK.name() + " "));
            requireReached(victim, attack, at);
        } catch (IOException | RuntimeException | AssertionError e) {
            wrong.add(where);
            System.out.println("WRONG: " + where + ": " + e.getMessage());
        }
        delete(point);
        delete(left);
        return attack.calls();
    }

    /// What a sidecar does depends on the machine, and most of it must be reached all the same.
    private void requireReached(Victim victim, Attack attack, int at) {
        if (at > 0 && !attack.isHit()) {
            if (victim != Victim.RUN) {
                throw new AssertionError("it never got there");
            }
            missed++;
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
