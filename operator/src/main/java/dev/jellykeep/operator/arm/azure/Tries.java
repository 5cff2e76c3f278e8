package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The only owner of retries: the SDK's own are off.
///
/// A write is sent again only after a 401, with another token, since that was surely not carried out.
final class Tries {
    private static final int MOST = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    private final Budgets budgets;
    private final Bearer bearer;
    private final Pause pause;
    private final RandomGenerator random;

    Tries(Budgets budgets, Bearer bearer, Pause pause, RandomGenerator random) {
        this.budgets = budgets;
        this.bearer = bearer;
        this.pause = pause;
        this.random = random;
    }

    /// Sends until it succeeds, the fault is not a passing one, or the call's deadline would be over.
    ///
    /// @throws FaultException the last fault
    Wire.Reply run(Call call, Function<Tokens.Token, Wire.Reply> request) {
        var budget = budgets.of(call.subscription());
        var renewed = false;
        for (var failures = 1; ; failures++) {
            try {
                budget.take(call.write(), call.deadline());
                var token = bearer.current(call.deadline().left());
                try {
                    return request.apply(token);
                } catch (FaultException e) {
                    if (renewed || !(e.fault() instanceof Fault.Refused refused) || refused.status() != 401) {
                        throw e;
                    }
                    renewed = true;
                    bearer.forget(token);
                }
            } catch (FaultException e) {
                again(call, e, failures, budget);
            } catch (InterruptedException _) {
                throw interrupted();
            }
        }
    }

    /// Waits if it may be tried again; throws otherwise.
    private void again(Call call, FaultException e, int failures, Budget budget) {
        var fault = e.fault();
        var wait = pauseAfter(failures, fault);
        var throttled = fault instanceof Fault.Refused refused && refused.status() == 429;
        if (throttled) {
            budget.stop(wait);
        }
        if (call.write()
                || !fault.passing()
                || failures >= MOST
                || !call.deadline().allows(wait)) {
            throw e;
        }
        if (throttled) {
            // The stopped budget holds this caller like all others.
            return;
        }
        try {
            pause.of(wait);
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private Duration pauseAfter(int failures, Fault fault) {
        var doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 10));
        var most = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        var ours = Duration.ofMillis(random.nextLong(most.toMillis() / 2, most.toMillis() + 1));
        return fault instanceof Fault.Refused refused && !refused.retryAfter().isZero() ? refused.retryAfter() : ours;
    }

    private static FaultException interrupted() {
        Thread.currentThread().interrupt();
        return new FaultException(new Fault.Interrupted(false));
    }
}
