package dev.jellykeep.operator.arm.azure;

/// A fault in a few words, without secrets.
final class Words {
    private Words() {}

    static String of(Fault fault) {
        return switch (fault) {
            case Fault.Refused refused ->
                refused.status()
                        + (refused.code().isEmpty() ? "" : " " + refused.code())
                        + request(refused.requestId());
            case Fault.NotArm(var how, var requestId) -> how + request(requestId);
            case Fault.OutOfTurn _ -> "no turn before the deadline";
            case Fault.NotConnected(var cause) -> "no connection: " + of(cause);
            case Fault.Lost(var cause) -> "connection lost: " + of(cause);
            case Fault.NoSuchHost _ -> "unknown host";
            case Fault.Untrusted(var cause) -> "TLS: " + of(cause);
            case Fault.NoToken(var why, var _, var _) -> why;
            case Fault.ForeignUrl(var host) -> "a URL on " + host;
            case Fault.Interrupted _ -> "interrupted";
            case Fault.Strange(var cause) -> of(cause);
        };
    }

    private static String request(String id) {
        return id.isEmpty() ? "" : ", request " + id;
    }

    private static String of(Throwable cause) {
        var name = cause.getClass().getSimpleName();
        return cause.getMessage() == null ? name : name + " " + cause.getMessage();
    }
}
