package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.contract.replica.ReplicaReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waiting for what a running agent has to say to a request.
final class Answers {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private Answers() {}

    /// @param request as it is called in the replica's report
    /// @param lookAt command that shows more, for who has waited in vain
    /// @throws AgentException if none has come within that time
    static ReplicaReport.Answer await(
            Requests requests, String replica, String request, Duration within, String lookAt) {
        return awaitUnless(requests, replica, request, within, lookAt, () -> false)
                .orElseThrow(() -> new IllegalStateException("nobody was to be waited for"));
    }

    /// As {@link #await}, from an agent that may end before it gets to it.
    ///
    /// @param gone whether nobody is there any more who could answer; not asked again once it has said so
    /// @return empty if nobody is there, and none has come
    static Optional<ReplicaReport.Answer> awaitUnless(
            Requests requests, String replica, String request, Duration within, String lookAt, BooleanSupplier gone) {
        long until = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < until) {
            Optional<ReplicaReport.Answer> answer = requests.answer(replica, request);
            if (answer.isPresent()) {
                return answer;
            }
            if (gone.getAsBoolean()) {
                return requests.answer(replica, request);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY.toMillis()));
        }
        throw new AgentException(
                Reason.IN_USE,
                "replica " + replica + " did not answer within " + within.toMinutes()
                        + " min: it still may; look at its log, and at `" + lookAt + "`");
    }
}
