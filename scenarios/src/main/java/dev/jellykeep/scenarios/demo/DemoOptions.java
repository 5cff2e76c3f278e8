package dev.jellykeep.scenarios.demo;

import dev.jellykeep.sandbox.replicas.Mappings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// What `./demo` was asked for.
///
/// @param tale which story
/// @param keep leave everything up afterwards
/// @param mockKubernetes a mock in place of a real API server; lives of `--chaos` are about data, not about Kubernetes
/// @param rounds of `--chaos`
/// @param seed of `--chaos`; by chance where empty
/// @param lanes of `--chaos`: how many lives at a time
/// @param mappings what replicas do without
record DemoOptions(
        Kind tale, boolean keep, boolean mockKubernetes, int rounds, OptionalLong seed, int lanes, Mappings mappings) {
    /// The flag for where a real API server can't be had.
    static final String MOCK = "--mock-kubernetes";

    static final String HELP = """
            Usage: ./demo [--original] [--mock-kubernetes] [--path-mapping] [--port-mapping] [--keep]
                   ./demo --rollouts [--mock-kubernetes] [--path-mapping] [--port-mapping]
                   ./demo --chaos N [--seed S] [--lanes L] [--path-mapping] [--port-mapping] [--keep]
                   ./demo --agent

            Shows what Jellykeep does for a family's server, on this machine, without Azure.

              (nothing)      a policy's life: injected, backed up, scaled to zero, started cold; about 80 seconds
              --original     takes over a set-up of hand-written scripts, with its good and bad archives
              --rollouts     edits the policy of a server in use, by each strategy, and counts what an overlap
                             costs where Jellyfin takes 5, 30 and 90 seconds to start; about 6 minutes
              --chaos N      plays N random lives of a server, some at a time, on mocks of Kubernetes, and
                             prints the seed that replays each
              --seed S       with --chaos: the first life's seed; the next ones count up
              --lanes L      with --chaos: lives at a time; without it two for each processor. Where others keep the
                             machine busy, fewer: nothing may be late
              --agent        the agent alone, without containers: needs neither root nor Kubernetes
              --mock-kubernetes
                             a mock in place of the Kubernetes API server, where that can't be built: it checks
                             no rule of a policy (CEL), runs no admission, knows no rights (RBAC)
              --keep         leaves everything up until Ctrl-C, and says what to try
              --path-mapping replicas without mounts of their own: plain processes, paths replaced by folders
              --port-mapping replicas without networks of their own: ports of 127.0.0.1; with both, no root is needed
              --help         this text

            Exit code 0: every check holds; 1: one doesn't; 2: something that it needs is missing.
            """;

    /// A story.
    enum Kind {
        POLICY,
        ORIGINAL,
        ROLLOUTS,
        CHAOS,
        AGENT,
        HELP
    }

    /// @throws IllegalArgumentException with one sentence
    static DemoOptions parse(List<String> arguments) {
        var rest = new ArrayList<>(arguments);
        var mappings = Mappings.take(rest);
        var tale = Kind.POLICY;
        var keep = false;
        var mock = false;
        var rounds = 0;
        var seed = OptionalLong.empty();
        var lanes = OptionalLong.empty();
        while (!rest.isEmpty()) {
            var flag = rest.removeFirst();
            switch (flag) {
                case "--original" -> tale = Kind.ORIGINAL;
                case "--rollouts" -> tale = Kind.ROLLOUTS;
                case "--agent" -> tale = Kind.AGENT;
                case "--keep" -> keep = true;
                case MOCK -> mock = true;
                case "--help", "-h" -> tale = Kind.HELP;
                case "--chaos" -> {
                    tale = Kind.CHAOS;
                    rounds = Math.toIntExact(number(flag, rest, 1));
                }
                case "--seed" -> seed = OptionalLong.of(number(flag, rest, Long.MIN_VALUE));
                case "--lanes" -> lanes = OptionalLong.of(number(flag, rest, 1));
                default -> throw new IllegalArgumentException("Unknown flag " + flag + ": see ./demo --help.");
            }
        }
        if ((seed.isPresent() || lanes.isPresent()) && tale != Kind.CHAOS) {
            throw new IllegalArgumentException("--seed and --lanes go with --chaos N: see ./demo --help.");
        }
        if (mock && (tale == Kind.CHAOS || tale == Kind.AGENT)) {
            throw new IllegalArgumentException(
                    MOCK + " means nothing to --chaos, which always plays on the mock, and to"
                            + " --agent, which does without Kubernetes: take it out.");
        }
        if (tale == Kind.AGENT && !mappings.equals(Mappings.NONE)) {
            throw new IllegalArgumentException(Mappings.PATHS_FLAG + " and " + Mappings.PORTS_FLAG
                    + " mean nothing to --agent, which runs no replicas: take them out.");
        }
        return new DemoOptions(tale, keep, mock || tale == Kind.CHAOS, rounds, seed, lanes(lanes, rounds), mappings);
    }

    private static int lanes(OptionalLong asked, int rounds) {
        return Math.toIntExact(
                Math.min(rounds, asked.orElse(2L * Runtime.getRuntime().availableProcessors())));
    }

    private static long number(String flag, List<String> rest, long least) {
        var text = rest.isEmpty() ? "" : rest.removeFirst();
        try {
            var number = Long.parseLong(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                flag + " needs a whole number" + (least == 1 ? ", at least 1" : "") + ": write " + flag + " 5.");
    }
}
