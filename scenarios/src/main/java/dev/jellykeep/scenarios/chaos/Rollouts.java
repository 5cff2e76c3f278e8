package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.scenarios.town.Policy;

/// Edits of the policy, which the operator rolls out by the strategy that the policy names. Two of them lose nothing,
/// whatever becomes of the operator in their midst; an overlap costs what the old server commits after it has handed
/// over, and is with the other overlaps.
final class Rollouts {
    private static final int WRITES_PER_SECOND = 20;

    private final Life life;
    private int edits;

    Rollouts(Life life) {
        this.life = life;
    }

    /// Nothing happens to a server in use; what is new comes with its next start.
    void whenIdle() {
        life.needOperator();
        life.town().awaitHolder();
        var serving = life.town().replicas();
        edit("WhenIdle");
        life.awaitDone("the edit waits until nobody is there", () -> ready("WaitingForIdle"));
        if (!life.town().replicas().equals(serving)) {
            throw life.failure("WhenIdle has touched a server in use.");
        }
        life.write(life.server());
        maybeAnotherOperator();
        life.idle();
        settle();
        life.wake();
    }

    /// The server is stopped in good order, changed, and started again, also by another operator than the one that
    /// began.
    void recreate() {
        life.needOperator();
        life.town().awaitHolder();
        var server = life.server();
        var before = Point.of(server.facts());
        var serving = life.town().replicas();
        server.writesPerSecond(WRITES_PER_SECOND);
        edit("Recreate");
        life.awaitDone(
                "the old replica is gone", () -> life.town().replicas().stream().noneMatch(serving::contains));
        maybeAnotherOperator();
        long last = life.town().lastCommit(serving);
        life.expect(expectation -> expectation.sealed(before.furthest(new Point(last, before.users()))));
        settle();
        life.wake();
        life.town().awaitHolder();
    }

    /// The new server starts beside the old one.
    void overlap() {
        life.needOperator();
        edit("Overlap");
    }

    /// A longer interval each time, so that there is always something to send.
    private void edit(String strategy) {
        edits++;
        life.cluster().apply(policy().with("rollout: {strategy: " + strategy + "}"));
    }

    /// All is rolled out, and the policy is again what other moves take it for.
    void settle() {
        life.awaitDone(
                "the edit is rolled out",
                () -> life.cluster()
                        .condition("Injected")
                        .filter(each -> each.reason().equals("UpToDate"))
                        .isPresent());
        life.cluster().apply(policy());
    }

    private Policy policy() {
        return Life.policy(1 + edits);
    }

    private boolean ready(String reason) {
        return life.cluster()
                .condition("Ready")
                .filter(each -> each.reason().equals(reason))
                .isPresent();
    }

    private void maybeAnotherOperator() {
        if (life.random().nextInt(3) == 0) {
            life.cluster().killOperator();
            life.cluster().startOperator();
        }
    }
}
