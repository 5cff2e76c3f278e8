package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Kills real processes: at each call of theirs that changes the disk, one after another, and at random times. (What
/// else may befall a call is tried by {@link AttackMain}.)
final class RealAttack {
    private static final Duration TIMES_MARGIN = Duration.ofMillis(200);

    /// Plays for each kill that is wanted, at most: some come after the end.
    private static final int MOST = 5;

    private final Path work;
    private final Random random;
    private final Consumer<String> say;
    private final Base base;
    private final List<String> wrong = new ArrayList<>();
    private int points;

    /// @param work a folder of its own
    /// @param seed chooses calls and times
    RealAttack(Path work, long seed, Consumer<String> say) throws IOException {
        this.work = work;
        this.random = new Random(seed);
        this.say = say;
        this.base = Base.make(Files.createDirectories(work.resolve("base")));
    }

    /// What did not hold.
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /// How often a command was played.
    int points() {
        return points;
    }

    /// @param most how many calls of each command are tried; 0: all
    void atCalls(int most) throws IOException {
        for (Victim victim : Victim.values()) {
            List<String> calls = calls(victim);
            List<Integer> all = changing(calls);
            say.accept(victim + ": " + calls.size() + " calls; those that change the disk:");
            for (int at : all) {
                say.accept("  " + at + " " + calls.get(at - 1));
            }
            if (most > 0) {
                Collections.shuffle(all, random);
            }
            List<Integer> chosen = most == 0 ? all : all.subList(0, Math.min(most, all.size()));
            int reached = 0;
            for (int at : chosen) {
                reached += attacked(victim, at) ? 1 : 0;
            }
            say.accept("  killed at " + chosen.size() + " of them, " + reached + " reached");
        }
    }

    private List<String> calls(Victim victim) throws IOException {
        Path point = prepared(victim);
        Path calls = work.resolve(victim + ".calls");
        try (ChildProcess agent = RealProcess.attacked(victim, point, Attack.Kind.NONE, 0, calls)) {
            victim.play(point, agent);
            requireOk(victim + " left alone", agent);
        }
        judge(victim, point, Attack.Kind.NONE, victim + " left alone");
        return Files.readAllLines(calls);
    }

    private static List<Integer> changing(List<String> calls) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Attack.Effect effect = Attack.Effect.valueOf(calls.get(i).split(" ", 2)[0]);
            if (new Attack.Made("", effect).suits(Attack.Kind.KILL)) {
                all.add(i + 1);
            }
        }
        return all;
    }

    /// @return whether it got that far
    private boolean attacked(Victim victim, int at) throws IOException {
        Path point = prepared(victim);
        boolean reached;
        try (ChildProcess agent = RealProcess.attacked(victim, point, Attack.Kind.KILL, at, work.resolve("calls"))) {
            victim.play(point, agent);
            reached = RealProcess.wasAttacked(agent);
        }
        judge(victim, point, Attack.Kind.KILL, victim + " killed at " + at);
        if (!reached && victim != Victim.RUN) {
            wrong.add(victim + " never got to " + at);
        }
        return reached;
    }

    /// @param times how many are killed before their end
    void atTimes(int times) throws IOException {
        Map<Victim, Long> takes = new EnumMap<>(Victim.class);
        for (Victim victim : Victim.values()) {
            takes.put(victim, duration(victim));
        }
        List<Victim> victims = List.copyOf(takes.keySet());
        int died = 0;
        int played = 0;
        for (; died < times && played < MOST * times; played++) {
            Victim victim = victims.get(played % victims.size());
            long after = (long) (random.nextDouble() * takes.getOrDefault(victim, 0L));
            died += killedAfter(victim, Duration.ofNanos(after)) ? 1 : 0;
        }
        say.accept("killed at " + played + " random times, " + died + " of them before their end");
        if (died < times) {
            wrong.add("only " + died + " of " + times + " were killed before their end");
        }
    }

    private long duration(Victim victim) throws IOException {
        Path point = prepared(victim);
        long began = System.nanoTime();
        try (ChildProcess agent = RealProcess.of(victim, point, "timed")) {
            victim.play(point, agent);
            requireOk(victim + " timed", agent);
        }
        long took = System.nanoTime() - began;
        judge(victim, point, Attack.Kind.NONE, victim + " timed");
        return took + TIMES_MARGIN.toNanos();
    }

    /// @return whether it was still alive
    private boolean killedAfter(Victim victim, Duration after) throws IOException {
        Path point = prepared(victim);
        boolean alive;
        long began = System.nanoTime();
        try (ChildProcess agent = RealProcess.of(victim, point, "killed")) {
            Thread killer = Thread.ofPlatform().daemon().unstarted(() -> {
                for (long left = after.toNanos(); left > 0; left = after.toNanos() - (System.nanoTime() - began)) {
                    LockSupport.parkNanos(left);
                }
                agent.kill();
            });
            killer.start();
            victim.play(point, agent);
            alive = System.nanoTime() - began >= after.toNanos();
        }
        judge(victim, point, Attack.Kind.KILL, victim + " killed after " + after.toMillis() + " ms");
        return alive;
    }

    private Path prepared(Victim victim) throws IOException {
        Path point = work.resolve("point-" + ++points);
        victim.prepare(point, base);
        return point;
    }

    private void requireOk(String where, ChildProcess agent) {
        if (agent.awaitExit(Await.BOUND) != 0) {
            wrong.add(where + ": " + agent.output());
        }
    }

    private void judge(Victim victim, Path point, Attack.Kind kind, String where) throws IOException {
        try {
            victim.judge(point, base, kind, kind == Attack.Kind.NONE);
        } catch (IOException | RuntimeException | AssertionError e) {
            wrong.add(where + ": " + e.getMessage());
            say.accept("WRONG: " + where + ": " + e.getMessage());
        }
        Workspace.deleteTree(point);
    }
}
