package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What becomes of one HTTP request.
enum HttpFault {
    /// None: requests are counted.
    NONE(Way.PASS, null, ""),
    /// The connection is reset before the service sees it.
    RESET(Way.DROP, null, ""),
    /// It is carried out, and the connection is reset before the reply.
    RESET_AFTER(Way.LOSE, null, ""),
    ERROR_500(Way.ANSWER, null, refusal(500, "InternalError", "")),
    /// It is carried out, and answered as if it had failed.
    ERROR_500_AFTER(Way.ANSWER_AFTER, null, refusal(500, "InternalError", "")),
    BUSY_503(Way.ANSWER, null, refusal(503, "ServerBusy", "")),
    THROTTLED_429(Way.ANSWER, null, refusal(429, "TooManyRequests", "Retry-After: 1\r\n")),
    /// Half of the reply, then the connection ends.
    CUT(Way.CUT, null, ""),
    /// Half of the reply, then nothing. A block is waited for so long that it isn't sent again.
    STALLED(Way.STALL, ExitCode.STORE_UNREACHABLE, ""),
    /// No reply at all.
    SILENT(Way.SILENCE, ExitCode.STORE_UNREACHABLE, ""),
    FORBIDDEN_403(Way.ANSWER, ExitCode.ACCESS_DENIED, refusal(403, "AuthorizationPermissionMismatch", "")),
    UNAUTHORIZED_401(Way.ANSWER, ExitCode.ACCESS_DENIED, refusal(401, "InvalidAuthenticationInfo", "")),
    NO_CONTAINER_404(Way.ANSWER, ExitCode.USAGE, refusal(404, "ContainerNotFound", "")),
    /// Of something on the way that is no Blob service.
    BARE_404(Way.ANSWER, ExitCode.USAGE, "HTTP/1.1 404 x\r\nContent-Length: 9\r\nConnection: close\r\n\r\nnot found"),
    /// A page to log in to a network.
    PORTAL_200(
            Way.ANSWER, ExitCode.USAGE, "HTTP/1.1 200 x\r\nContent-Length: 9\r\nConnection: close\r\n\r\n<html/>\r\n"),
    /// It and all after it.
    OUTAGE_503(Way.ANSWER, ExitCode.STORE_UNREACHABLE, refusal(503, "ServerBusy", "")),
    /// It is carried out, its reply is lost, and so are it and all after it.
    OUTAGE_AFTER(Way.LOSE, ExitCode.STORE_UNREACHABLE, ""),
    /// It is the last one of its process, which is killed before the service sees it.
    KILLED(Way.KILL, null, ""),
    /// It is the last one of its process, which is killed before the reply.
    KILLED_AFTER(Way.KILL_AFTER, null, "");

    enum Way {
        PASS,
        DROP,
        LOSE,
        ANSWER,
        ANSWER_AFTER,
        CUT,
        STALL,
        SILENCE,
        KILL,
        KILL_AFTER
    }

    private final Way way;
    private final @Nullable ExitCode failure;
    private final String answer;

    HttpFault(Way way, @Nullable ExitCode failure, String answer) {
        this.way = way;
        this.failure = failure;
        this.answer = answer;
    }

    private static String refusal(int status, String code, String headers) {
        return "HTTP/1.1 " + status + " x\r\nx-ms-request-id: attacked\r\nx-ms-error-code: " + code + "\r\n" + headers
                + "Content-Length: 0\r\nConnection: close\r\n\r\n";
    }

    /// Those that a program may meet and go on.
    static List<HttpFault> ofOneThatLives() {
        return Stream.of(values())
                .filter(fault -> fault != NONE && !fault.kills())
                .toList();
    }

    boolean kills() {
        return way == Way.KILL || way == Way.KILL_AFTER;
    }

    boolean lasts() {
        return this == OUTAGE_503 || this == OUTAGE_AFTER;
    }

    /// Nothing answers, and only time tells.
    boolean waits() {
        return way == Way.STALL || way == Way.SILENCE;
    }

    Way way() {
        return way;
    }

    /// How the program may end but for OK, where the request was not one that it can do without; null: only OK.
    @Nullable
    ExitCode failure() {
        return failure;
    }

    byte[] answer() {
        return answer.getBytes(StandardCharsets.ISO_8859_1);
    }
}
