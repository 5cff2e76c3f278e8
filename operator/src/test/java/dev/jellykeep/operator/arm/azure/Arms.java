package dev.jellykeep.operator.arm.azure;

import dev.jellykeep.contract.identity.AppResourceId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.event.EventRecordingLogger;
import org.slf4j.event.SubstituteLoggingEvent;
import org.slf4j.helpers.SubstituteLogger;

/// Adapters under test, each with a time of its own.
final class Arms implements AutoCloseable {
    static final String TOKEN = "static-token-of-the-emulator";
    static final AppResourceId APP = AppResourceId.parse("/subscriptions/00000000-0000-0000-0000-00000000000a"
                    + "/resourceGroups/media/providers/Microsoft.App/containerApps/jellyfin")
            .orThrow();

    /// So short that a test may wait for it.
    static final Duration TRY = Duration.ofMillis(400);

    final TestTime time = new TestTime();
    final Queue<SubstituteLoggingEvent> log = new ConcurrentLinkedQueue<>();
    final AzureContainerApps api;

    Arms(URI endpoint) {
        this(
                endpoint,
                TOKEN,
                new ArmOptions(Duration.ofSeconds(60), Duration.ofSeconds(20), Limit.READS, Limit.WRITES));
    }

    Arms(URI endpoint, String token, ArmOptions options) {
        this(endpoint, () -> new Tokens.Token(token, Instant.MAX), options);
    }

    Arms(URI endpoint, Tokens tokens, ArmOptions options) {
        var logger = new EventRecordingLogger(new SubstituteLogger("arm", log, true), log);
        api = new AzureContainerApps(new ArmConnection(
                new ArmEndpoint(endpoint, endpoint.toString(), endpoint),
                new ArmCredential.StaticToken(TOKEN),
                tokens,
                options,
                new Surroundings(time, time, new Random(1), logger)));
    }

    static Arms impatient(URI endpoint) {
        return new Arms(endpoint, TOKEN, new ArmOptions(Duration.ofSeconds(60), TRY, Limit.READS, Limit.WRITES));
    }

    @Override
    public void close() {
        api.close();
    }
}
