package dev.jellykeep.store.azure;

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
    /// The service answered.
    ///
    /// @param code its error code, or `""`
    /// @param retryAfter what it asked for, or zero
    record Refused(int status, String code, Duration retryAfter, String requestId) implements Fault {
        /// `If-Match` or `If-None-Match` did not hold; a missing lease has the same status.
        boolean conditionFailed() {
            return status == 412 && !code.startsWith("Lease") && !code.equals(Refusals.NOT_A_BLOB_SERVICE);
        }
    }

    /// No connection: the request was surely not carried out.
    record NotConnected(Throwable cause) implements Fault {}

    /// The connection broke or nothing came in time: the request may have been carried out.
    record Lost(Throwable cause) implements Fault {}

    /// The host name doesn't resolve.
    record NoSuchHost(Throwable cause) implements Fault {}

    /// The service's certificate isn't trusted.
    record Untrusted(Throwable cause) implements Fault {}

    /// No token could be had.
    record NoToken(String why, boolean passing, Throwable cause) implements Fault {}

    /// This thread was told to stop.
    record Interrupted(Throwable cause) implements Fault {}

    /// Something that is no answer of a service: a bug.
    record Strange(Throwable cause) implements Fault {}

    /// May the same request succeed soon?
    default boolean passing() {
        return switch (this) {
            case Refused(var status, var code, var _, var _) ->
                status == 408 || status == 429 || status >= 500 || code.equals("Md5Mismatch");
            case NotConnected _, Lost _ -> true;
            case NoToken(var _, var passing, var _) -> passing;
            case NoSuchHost _, Untrusted _, Interrupted _, Strange _ -> false;
        };
    }

    /// May the request have been carried out although it failed?
    default boolean mayHaveHappened() {
        return switch (this) {
            case Refused(var status, var _, var _, var _) -> status == 408 || status >= 500;
            case Lost _, Interrupted _ -> true;
            case NotConnected _, NoSuchHost _, Untrusted _, NoToken _, Strange _ -> false;
        };
    }

    /// In a few words, without secrets.
    default String words() {
        return switch (this) {
            case Refused(var status, var code, var _, var request) ->
                status + (code.isEmpty() ? "" : " " + code) + (request.isEmpty() ? "" : ", request " + request);
            case NotConnected(var cause) -> "no connection: " + words(cause);
            case Lost(var cause) -> "connection lost: " + words(cause);
            case NoSuchHost _ -> "unknown host";
            case Untrusted(var cause) -> "TLS: " + words(cause);
            case NoToken(var why, var _, var _) -> why;
            case Interrupted _ -> "interrupted";
            case Strange(var cause) -> words(cause);
        };
    }

    private static String words(Throwable cause) {
        var name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + " " + cause.getMessage();
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
            case RefusedException e -> e.fault();
            case NoTokenException e -> new NoToken(e.getMessage() == null ? "" : e.getMessage(), e.passing(), e);
            case InterruptedException e -> new Interrupted(e);
            case UnknownHostException e -> new NoSuchHost(e);
            case HttpConnectTimeoutException e -> new NotConnected(e);
            case ConnectException e -> e.getCause() instanceof ConnectException inner ? known(inner) : unconnected(e);
            case SSLHandshakeException e when e.getCause() instanceof EOFException -> new NotConnected(e);
            case SSLHandshakeException e when e.getCause() instanceof SocketException -> new NotConnected(e);
            case SSLHandshakeException e -> new Untrusted(e);
            case IOException e when e.getCause() instanceof ConnectException inner -> known(inner);
            case IOException e when e.getCause() instanceof InterruptedException inner -> known(inner);
            case IOException e -> new Lost(e);
            case TimeoutException e -> new Lost(e);
            default -> null;
        };
    }

    private static Fault unconnected(ConnectException e) {
        return e.getCause() instanceof UnresolvedAddressException ? new NoSuchHost(e) : new NotConnected(e);
    }
}
