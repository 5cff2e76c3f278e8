package dev.jellykeep.sandbox.containerapps;

import dev.jellykeep.sandbox.containerapps.http.Reply;
import dev.jellykeep.sandbox.containerapps.http.Request;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How an emulator is started.
///
/// @param port on the loopback interface; 0 for any that is free
/// @param tls null for HTTP
/// @param host where replicas run
/// @param steering answers what else is asked below `/_sandbox/`, for what surrounds the emulator
public record Options(
        int port,
        @Nullable SSLContext tls,
        SandboxClock clock,
        Settings settings,
        ReplicaHost host,
        Function<Request, Optional<Reply>> steering) {

    /// HTTP on a free port, the system's clock, the usual quirks, simulated replicas, no time lost.
    public static Options usual() {
        return new Options(
                0,
                null,
                SandboxClock.over(InstantSource.system()),
                Settings.usual(),
                new SimulatedReplicas(),
                _ -> Optional.empty());
    }

    /// As {@link #usual}, with a clock that stands until it is put forward, and times like the service's.
    public static Options standing(Instant at) {
        return usual().withClock(SandboxClock.standing(at)).change(settings -> settings.with(Timings.lifelike()));
    }

    public Options withPort(int number) {
        return new Options(number, tls, clock, settings, host, steering);
    }

    public Options withTls(SSLContext context) {
        return new Options(port, context, clock, settings, host, steering);
    }

    public Options withClock(SandboxClock other) {
        return new Options(port, tls, other, settings, host, steering);
    }

    public Options withHost(ReplicaHost other) {
        return new Options(port, tls, clock, settings, other, steering);
    }

    public Options withSteering(Function<Request, Optional<Reply>> others) {
        return new Options(port, tls, clock, settings, host, others);
    }

    public Options change(UnaryOperator<Settings> how) {
        return new Options(port, tls, clock, how.apply(settings), host, steering);
    }
}
