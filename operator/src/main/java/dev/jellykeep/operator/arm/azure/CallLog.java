package dev.jellykeep.operator.arm.azure;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.spi.LoggingEventBuilder;

/// What is logged of each request: never a query, which may be signed, a header or a body. Policy and
/// app are in the MDC of whoever calls.
final class CallLog {
    private final Logger log;

    CallLog(Logger log) {
        this.log = log;
    }

    /// One request's line.
    record Line(Logger log, String method, String path, String clientRequestId, Instant start, InstantSource clock) {
        void answered(Wire.Reply reply, boolean write) {
            with(write ? log.atInfo() : log.atDebug())
                    .addKeyValue("status", reply.status())
                    .addKeyValue("requestId", reply.requestId())
                    .addKeyValue("correlationId", reply.header("x-ms-correlation-request-id"))
                    .log("arm answered");
        }

        void failed(Fault fault) {
            var ordinary = fault instanceof Fault.Refused refused
                    && refused.byArm()
                    && (refused.status() == 404 || refused.status() == 409);
            var line = with(ordinary ? log.atInfo() : log.atWarn());
            switch (fault) {
                case Fault.Refused refused ->
                    line.addKeyValue("status", refused.status())
                            .addKeyValue("code", refused.code())
                            .addKeyValue("requestId", refused.requestId())
                            .addKeyValue("correlationId", refused.correlationId())
                            .log("arm refused");
                case Fault.NotArm strange ->
                    line.addKeyValue("reason", strange.how())
                            .addKeyValue("requestId", strange.requestId())
                            .log("arm answered with what arm never sends");
                default -> line.addKeyValue("reason", Words.of(fault)).log("arm gave no answer");
            }
        }

        private LoggingEventBuilder with(LoggingEventBuilder line) {
            return line.addKeyValue("method", method)
                    .addKeyValue("path", path)
                    .addKeyValue("clientRequestId", clientRequestId)
                    .addKeyValue(
                            "durationMs",
                            Duration.between(start, clock.instant()).toMillis());
        }
    }

    Line line(String method, String path, String clientRequestId, InstantSource clock) {
        return new Line(log, method, path, clientRequestId, clock.instant(), clock);
    }
}
