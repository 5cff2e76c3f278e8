package dev.jellykeep.operator.arm.azure;

import com.azure.core.exception.AzureException;
import com.azure.core.util.Context;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Runs the port's calls: gives each its deadline, and turns faults into results or exceptions.
final class Calls {
    private final Duration deadline;
    private final InstantSource clock;
    private final Sentences sentences;

    Calls(Duration deadline, InstantSource clock, Sentences sentences) {
        this.deadline = deadline;
        this.clock = clock;
        this.sentences = sentences;
    }

    /// A read; 404 is an answer, if it is ARM's.
    ///
    /// @param what an infinitive without "to", with its object
    <T> Reading<T> read(String what, Target target, Function<Context, T> request) {
        return run(
                what,
                target,
                false,
                context -> new Reading.Found<>(request.apply(context)),
                fault -> fault instanceof Fault.Refused refused && refused.status() == 404 && refused.byArm()
                        ? Optional.of(new Reading.Absent<>(refused.code(), refused.message()))
                        : Optional.empty());
    }

    /// A write.
    WriteOutcome write(String what, Target target, Function<Context, WriteOutcome> request) {
        return run(what, target, true, request, fault -> Writes.outcome(fault, sentences.unknown(what, fault)));
    }

    /// A call.
    ///
    /// @param known what a fault means, where it is a result
    <T> T run(
            String what,
            Target target,
            boolean write,
            Function<Context, T> request,
            Function<Fault, Optional<T>> known) {
        var end = Deadline.in(deadline, clock);
        try {
            return request.apply(new Call(target.subscription(), write, end).context());
        } catch (FaultException e) {
            return known.apply(e.fault()).orElseThrow(() -> sentences.exception(what, e.fault(), end.passed()));
        } catch (AzureException | UncheckedIOException e) {
            // The SDK's models: the body is JSON, but not of their shape.
            var fault = new Fault.NotArm("JSON of another shape", "");
            return known.apply(fault).orElseThrow(() -> sentences.exception(what, fault, end.passed()));
        }
    }
}
