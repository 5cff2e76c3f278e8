package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.contract.replica.ReplicaReport;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waiting for what a running agent has to say to a request.
final class Answers {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private Answers() {}

    /// @param request as it is called in the replica's report
    /// @param lookAt command that shows more, for who has waited in vain
    /// @throws AgentException if none has come within that time
    static ReplicaReport.Answer await(
            Requests requests, String replica, String request, Duration within, String lookAt) {
        long until = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < until) {
            Optional<ReplicaReport.Answer> answer = requests.answer(replica, request);
            if (answer.isPresent()) {
                return answer.get();
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY.toMillis()));
        }
        throw new AgentException(
                Reason.IN_USE,
                "replica " + replica + " did not answer within " + within.toMinutes()
                        + " min: it still may; look at its log, and at `" + lookAt + "`");
    }
}
