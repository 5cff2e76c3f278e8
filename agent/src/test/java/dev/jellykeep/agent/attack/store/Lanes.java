package dev.jellykeep.agent.attack.store;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/// Tries points a few at a time, since most of what they do is waiting.
///
/// @param count of them
record Lanes(int count) {
    /// What is done at a point.
    interface Try<P> {
        Object at(P point) throws Exception;
    }

    /// So many of them, by chance; 0: all.
    static <P> List<P> some(List<P> all, int most, Random random) {
        if (most == 0) {
            return all;
        }
        List<P> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(most, all.size()));
    }

    /// Tries all, and prints how many were tried in which way.
    ///
    /// @return how many
    <P> int go(List<P> points, Function<P, String> way, Try<P> attempt) throws Exception {
        Map<String, Integer> ways = new TreeMap<>();
        try (var executor = Executors.newFixedThreadPool(count)) {
            List<Callable<Object>> all = new ArrayList<>();
            for (P point : points) {
                ways.merge(way.apply(point), 1, Integer::sum);
                all.add(() -> attempt.at(point));
            }
            for (Future<Object> one : executor.invokeAll(all)) {
                Object _ = one.get();
            }
        }
        ways.forEach((each, tried) -> System.out.println("  " + each + " at " + tried));
        return points.size();
    }
}
