package dev.jellykeep.operator.bench;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.arm.azure.Limit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The measurement: convergence, steady state, restart.
final class PoliciesBench {
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration TELL = Duration.ofSeconds(20);
    /// Without a request to ARM for so long, what was under way is over.
    private static final Duration QUIET = Duration.ofSeconds(20);
    /// What comes on top of the bucket's own time: a start, the last app's operation, the look after it.
    private static final Duration AROUND = Duration.ofSeconds(60);
    private static final int HOUR = 60;
    private static final double KIB_IN_MIB = 1024;

    private final int size;
    private final Duration window;
    private final int archives;
    private final Bars bars = new Bars();
    private final Instant began = Instant.now();

    PoliciesBench(int size, Duration window, int archives) {
        this.size = size;
        this.window = window;
        this.archives = archives;
    }

    /// @param work for logs
    /// @return whether every bar was met
    boolean run(Path work) throws IOException {
        say("load average " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage() + " on "
                + Runtime.getRuntime().availableProcessors() + " cores");
        say("starting kube-apiserver, etcd, Azurite and the emulator");
        try (Estate estate = new Estate(size)) {
            say("making " + size + " apps at zero replicas, and " + archives + " archives for nine of ten");
            estate.makeApps();
            estate.makeArchives(archives);
            MeasuredOperator.Usage converged;
            MeasuredOperator.Usage steady;
            try (MeasuredOperator operator = MeasuredOperator.start(work, "operator", estate.environment())) {
                converged = converge(estate, operator);
                steady = steady(estate, operator, converged);
                say("stopping it took " + operator.stop().toMillis() + " ms; its log has " + operator.warnings()
                        + " warnings");
            }
            try (MeasuredOperator operator = again(work, estate)) {
                restarted(estate, operator);
                memory("steady state", steady);
                memory("restart", operator.usage());
            }
        }
        return bars.allMet();
    }

    private MeasuredOperator.Usage converge(Estate estate, MeasuredOperator operator) {
        Instant applied = Instant.now();
        say("applying one scope and " + size + " policies");
        estate.apply();
        say("applied; waiting until each is injected and Ready");
        Duration most = AROUND.multipliedBy(3).plusSeconds(2L * size);
        await("injected and Ready", most, () -> {
            List<JellyfinBackupPolicy> all = estate.policies();
            long ready = all.stream()
                    .filter(each -> is(each, "Ready") && is(each, "Injected"))
                    .count();
            return ready == size ? "" : ready + " of " + size + usage(operator);
        });
        Instant now = Instant.now();
        Duration took = Duration.between(applied, now);
        var sent = estate.requests(applied, now);
        Duration bucket = alone(sent);
        say("they say: " + reasons(estate));
        System.out.println("Convergence, from the first apply to the last policy");
        tell("ARM reads, writes, replies 429", sent.reads() + ", " + sent.writes() + ", " + sent.throttled());
        tell("of these", sent.kinds().toString());
        tell("the token bucket alone needs", bucket.toSeconds() + " s");
        bars.judge("patches for each policy", (double) sent.writes() / size, 1, "");
        bars.judge("convergence", took.toSeconds(), bucket.plus(AROUND).toSeconds(), " s");
        var usage = operator.usage();
        tell("CPU seconds so far", Bars.text(usage.cpuSeconds()));
        return usage;
    }

    private MeasuredOperator.Usage steady(Estate estate, MeasuredOperator operator, MeasuredOperator.Usage from) {
        quiet(estate, from.at());
        long before = estate.policyWrites();
        var start = operator.usage();
        long blobs = estate.blobRequests();
        Instant end = start.at().plus(window);
        say("steady state: observing for " + window.toMinutes() + " min");
        await("the end of the window", window.plus(AROUND), () -> {
            Instant now = Instant.now();
            return now.isBefore(end) ? Duration.between(now, end).toSeconds() + " s left" + usage(operator) : "";
        });
        var sent = estate.requests(start.at(), end);
        long written = estate.policyWrites() - before;
        long blobsSent = estate.blobRequests() - blobs;
        var usage = operator.usage();
        double hours = window.toMinutes() / (double) HOUR;
        System.out.println("Steady state, over " + window.toMinutes() + " min at the real intervals");
        bars.judge("ARM writes", sent.writes(), 0, "");
        bars.judge("app reads for each policy and hour", sent.appReads() / hours / size, 6, "");
        tell("all ARM reads for each policy and hour", Bars.text(sent.reads() / hours / size));
        tell("of these in the window, replies 429", sent.kinds() + ", " + sent.throttled());
        bars.judge("Blob requests for each policy and hour", blobsSent / hours / size, 12, "");
        bars.judge("writes of policies and their status", written, 0, "");
        bars.judge("CPU", usage.cores(start), 0.5, " cores");
        return usage;
    }

    private MeasuredOperator again(Path work, Estate estate) {
        say("starting another operator on the same policies");
        estate.azure.clearJournal();
        return MeasuredOperator.start(work, "operator-again", estate.environment());
    }

    private void restarted(Estate estate, MeasuredOperator operator) {
        Instant start = began;
        long before = estate.policyWrites();
        await("each app has been looked at", AROUND.multipliedBy(3).plusSeconds(size), () -> {
            long looked = estate.lookedAt();
            return looked == size ? "" : looked + " of " + size + usage(operator);
        });
        Instant last = quiet(estate, start);
        Instant first = estate.firstRequest();
        var sent = estate.requests(start, Instant.now());
        Duration took = Duration.between(first, last);
        System.out.println("Restart in steady state, from the first request to the last of the round");
        tell("ARM reads, replies 429", sent.reads() + ", " + sent.throttled());
        tell("of these", sent.kinds().toString());
        Duration bucket = alone(sent);
        tell("the token bucket alone needs", bucket.toSeconds() + " s");
        bars.judge("ARM writes", sent.writes(), 0, "");
        bars.judge("writes of policies and their status", estate.policyWrites() - before, 0, "");
        bars.judge(
                "until all have been looked at",
                took.toSeconds(),
                bucket.plus(AROUND).toSeconds(),
                " s");
    }

    private void memory(String when, MeasuredOperator.Usage usage) {
        bars.judge("peak resident memory, up to " + when, usage.peakKib() / KIB_IN_MIB, 512, " MiB");
        tell("threads, open files", usage.threads() + ", " + usage.files());
    }

    /// How long the shared bucket takes to let so many requests through.
    private static Duration alone(Estate.Requests sent) {
        double reads = (sent.reads() - Limit.READS.burst()) / Limit.READS.perSecond();
        double writes = (sent.writes() - Limit.WRITES.burst()) / Limit.WRITES.perSecond();
        return Duration.ofMillis((long) (1000 * Math.max(0, Math.max(reads, writes))));
    }

    /// Waits until nothing is asked of ARM.
    ///
    /// @return when the last request came
    private Instant quiet(Estate estate, Instant since) {
        await("nothing under way", AROUND.multipliedBy(5), () -> {
            Instant last = estate.lastRequest(since);
            return Duration.between(last, Instant.now()).compareTo(QUIET) >= 0 ? "" : "ARM is still asked";
        });
        return estate.lastRequest(since);
    }

    /// @param missing empty once it holds
    private void await(String what, Duration most, Supplier<String> missing) {
        Instant end = Instant.now().plus(most);
        Instant told = Instant.now();
        for (String now = missing.get(); !now.isEmpty(); now = missing.get()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Not within " + most.toSeconds() + " s: " + what + "; " + now);
            }
            if (Duration.between(told, Instant.now()).compareTo(TELL) >= 0) {
                say(what + ": " + now);
                told = Instant.now();
            }
            LockSupport.parkNanos(TICK.toNanos());
        }
    }

    private static String usage(MeasuredOperator operator) {
        var usage = operator.usage();
        return "; " + usage.residentKib() / 1024 + " MiB, " + usage.threads() + " threads, " + usage.files()
                + " files, CPU " + Bars.text(usage.cpuSeconds()) + " s";
    }

    private static boolean is(JellyfinBackupPolicy policy, String type) {
        return conditions(policy).stream()
                .anyMatch(each -> each.type().equals(type) && each.status().equals("True"));
    }

    private static List<PolicyCondition> conditions(JellyfinBackupPolicy policy) {
        return policy.getStatus() == null ? List.of() : policy.getStatus().conditions();
    }

    private static Map<String, Long> reasons(Estate estate) {
        return estate.policies().stream()
                .flatMap(each -> conditions(each).stream())
                .filter(each -> List.of("Ready", "Protected").contains(each.type()))
                .collect(Collectors.groupingBy(
                        each -> each.type() + "=" + each.status() + "/" + each.reason(),
                        TreeMap::new,
                        Collectors.counting()));
    }

    private static void tell(String what, String figure) {
        System.out.printf(Locale.ROOT, "  %-6s  %-62s %9s%n", "", what, figure);
    }

    private void say(String what) {
        System.out.printf(
                Locale.ROOT,
                "[%4d s] %s%n",
                Duration.between(began, Instant.now()).toSeconds(),
                what);
    }
}
