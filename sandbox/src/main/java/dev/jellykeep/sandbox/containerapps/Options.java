package dev.jellykeep.sandbox.containerapps;

import dev.jellykeep.sandbox.containerapps.replica.ReplicaHost;
import dev.jellykeep.sandbox.containerapps.replica.SimulatedReplicas;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// How an emulator is started.
///
/// @param port on the loopback interface; 0 for any that is free
/// @param tls null for HTTP
/// @param host where replicas run
public record Options(int port, @Nullable SSLContext tls, SandboxClock clock, Settings settings, ReplicaHost host) {

    /// HTTP on a free port, the system's clock, the usual quirks, simulated replicas, no time lost.
    public static Options usual() {
        return new Options(
                0, null, SandboxClock.over(InstantSource.system()), Settings.usual(), new SimulatedReplicas());
    }

    /// As {@link #usual}, with a clock that stands until it is put forward, and times like the service's.
    public static Options standing(Instant at) {
        return usual().withClock(SandboxClock.standing(at)).change(settings -> settings.with(Timings.lifelike()));
    }

    public Options withPort(int number) {
        return new Options(number, tls, clock, settings, host);
    }

    public Options withTls(SSLContext context) {
        return new Options(port, context, clock, settings, host);
    }

    public Options withClock(SandboxClock other) {
        return new Options(port, tls, other, settings, host);
    }

    public Options withHost(ReplicaHost other) {
        return new Options(port, tls, clock, settings, other);
    }

    public Options change(UnaryOperator<Settings> how) {
        return new Options(port, tls, clock, how.apply(settings), host);
    }
}
