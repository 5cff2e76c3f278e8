package dev.jellykeep.operator.arm.azure;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// What one failed request was, sorted by what may follow.
sealed interface Fault {
    /// ARM answered, or something before it.
    ///
    /// @param code ARM's error code; `""` if the body isn't ARM's
    /// @param message in one line, or `""`
    /// @param retryAfter what it asked for, or zero
    /// @param requestId `x-ms-request-id`, or `""`
    record Refused(int status, String code, String message, Duration retryAfter, String requestId, String correlationId)
            implements Fault {
        /// Did ARM itself say so, and not something before it?
        boolean byArm() {
            return !code.isEmpty();
        }
    }

    /// A success with a body that no ARM sends.
    record NotArm(String how, String requestId) implements Fault {}

    /// Our own bucket: the turn would have come after the deadline. Nothing was sent.
    record OutOfTurn(Duration delay) implements Fault {}

    /// No connection: the request was surely not carried out.
    record NotConnected(Throwable cause) implements Fault {}

    /// The connection broke or nothing came in time: the request may have been carried out.
    record Lost(Throwable cause) implements Fault {}

    /// The host name doesn't resolve.
    record NoSuchHost(Throwable cause) implements Fault {}

    /// The service's certificate isn't trusted.
    record Untrusted(Throwable cause) implements Fault {}

    /// No token could be had.
    record NoToken(String why, boolean passing, @Nullable Throwable cause) implements Fault {}

    /// A URL that isn't ARM's: nothing was sent, since the token would have gone with it.
    record ForeignUrl(String host) implements Fault {}

    /// This thread was told to stop.
    ///
    /// @param sent the request may have been carried out
    record Interrupted(boolean sent) implements Fault {}

    /// Something that is no answer of a service: a bug.
    record Strange(Throwable cause) implements Fault {}

    /// May the same request succeed soon?
    default boolean passing() {
        return switch (this) {
            case Refused refused -> refused.status == 408 || refused.status == 429 || refused.status >= 500;
            case NotConnected _, Lost _ -> true;
            case NoToken(var _, var passing, var _) -> passing;
            case NotArm _, OutOfTurn _, NoSuchHost _, Untrusted _, ForeignUrl _, Interrupted _, Strange _ -> false;
        };
    }

    /// May the request have been carried out although it failed?
    default boolean mayHaveHappened() {
        return switch (this) {
            case Refused refused -> refused.status == 408 || refused.status >= 500;
            case Lost _, NotArm _, Strange _ -> true;
            case Interrupted(var sent) -> sent;
            case OutOfTurn _, NotConnected _, NoSuchHost _, Untrusted _, NoToken _, ForeignUrl _ -> false;
        };
    }

    default String requestId() {
        return switch (this) {
            case Refused refused -> refused.requestId;
            case NotArm strange -> strange.requestId;
            default -> "";
        };
    }

    default @Nullable Throwable thrown() {
        return switch (this) {
            case NotConnected(var cause) -> cause;
            case Lost(var cause) -> cause;
            case NoSuchHost(var cause) -> cause;
            case Untrusted(var cause) -> cause;
            case NoToken(var _, var _, var cause) -> cause;
            case Strange(var cause) -> cause;
            case Refused _, NotArm _, OutOfTurn _, ForeignUrl _, Interrupted _ -> null;
        };
    }

    static Fault of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return new Strange(failure);
    }

    private static @Nullable Fault known(Throwable cause) {
        return switch (cause) {
            case FaultException e -> e.fault();
            case InterruptedException _ -> new Interrupted(true);
            case UnknownHostException e -> new NoSuchHost(e);
            case HttpConnectTimeoutException e -> new NotConnected(e);
            case ConnectException e -> e.getCause() instanceof ConnectException inner ? known(inner) : unconnected(e);
            case SSLHandshakeException e when e.getCause() instanceof EOFException -> new NotConnected(e);
            case SSLHandshakeException e when e.getCause() instanceof SocketException -> new NotConnected(e);
            case SSLHandshakeException e -> new Untrusted(e);
            case IOException e when e.getCause() instanceof ConnectException inner -> known(inner);
            case IOException e when e.getCause() instanceof SSLHandshakeException inner -> known(inner);
            case IOException e -> new Lost(e);
            case TimeoutException e -> new Lost(e);
            default -> null;
        };
    }

    private static Fault unconnected(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException ? new NoSuchHost(e) : new NotConnected(e);
    }
}
