package dev.jellykeep.agent.attack.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Lets agents make their calls to one store in an order by chance, some of them at the same time. Whoever is to go
/// next
/// is decided only when each agent waits with a call, or is over.
final class Turns {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);

    private final Random random;
    private final Set<Integer> running = new HashSet<>();
    /// What agents wait with.
    private final TreeMap<Integer, String> waiting = new TreeMap<>();
    private final Set<Integer> mayGo = new HashSet<>();
    private final List<String> order = new ArrayList<>();
    private final String barrier;
    private int underWay;

    /// @param barrier agents that wait with a call which begins so are let go only when all others do too, or are over;
    ///     empty: none
    Turns(Random random, int agents, String barrier) {
        this.random = random;
        this.barrier = barrier;
        for (int i = 0; i < agents; i++) {
            running.add(i);
        }
    }

    /// One call of an agent, when it is its turn.
    <T> T call(int agent, String what, Supplier<T> call) {
        synchronized (this) {
            waiting.put(agent, what);
            decide();
            awaitTurn(agent, what);
            mayGo.remove(agent);
        }
        try {
            return call.get();
        } finally {
            synchronized (this) {
                underWay--;
                decide();
            }
        }
    }

    private synchronized void awaitTurn(int agent, String what) {
        long begin = System.nanoTime();
        while (!mayGo.contains(agent)) {
            if (System.nanoTime() - begin > LONGEST) {
                throw new IllegalStateException("never got its turn: " + what + " after " + order);
            }
            try {
                wait(TimeUnit.SECONDS.toMillis(1));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// An agent makes no more calls.
    synchronized void over(int agent) {
        running.remove(agent);
        decide();
    }

    synchronized List<String> order() {
        return List.copyOf(order);
    }

    private void decide() {
        if (underWay > 0 || waiting.isEmpty() || waiting.size() < running.size()) {
            return;
        }
        List<Integer> able = new ArrayList<>(waiting.keySet());
        boolean all = waiting.values().stream().allMatch(what -> what.startsWith(barrier));
        if (!barrier.isEmpty() && !all) {
            able.removeIf(agent -> waiting.getOrDefault(agent, "").startsWith(barrier));
        }
        boolean together = able.size() > 1 && random.nextInt(3) == 0;
        List<Integer> chosen = together ? able : List.of(able.get(random.nextInt(able.size())));
        for (int agent : chosen) {
            order.add(agent + " " + waiting.remove(agent) + (together ? " (together)" : ""));
            mayGo.add(agent);
            underWay++;
        }
        notifyAll();
    }
}
