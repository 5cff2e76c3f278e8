package dev.jellykeep.sandbox.containerapps.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A long-running operation on one app.
public final class Operation {
    /// What it does.
    public enum Kind {
        PUT,
        PATCH,
        DELETE,
        START,
        STOP
    }

    /// ARM's words for how it stands.
    public enum Status {
        IN_PROGRESS("InProgress"),
        SUCCEEDED("Succeeded"),
        FAILED("Failed"),
        CANCELED("Canceled");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final String id;
    private final Kind kind;
    private final App app;
    private final Instant startedAt;
    private final Instant least;
    private final @Nullable OperationFault fault;
    private final @Nullable Revision revision;
    private Status status = Status.IN_PROGRESS;
    private @Nullable Instant endedAt;
    private String errorCode = "";
    private String errorMessage = "";

    /// @param least when it can end at the earliest
    /// @param revision the one that it waits for
    Operation(
            String id,
            Kind kind,
            App app,
            Instant startedAt,
            Instant least,
            @Nullable Revision revision,
            @Nullable OperationFault fault) {
        this.id = id;
        this.kind = kind;
        this.app = app;
        this.startedAt = startedAt;
        this.least = least;
        this.revision = revision;
        this.fault = fault;
    }

    public String id() {
        return id;
    }

    public Kind kind() {
        return kind;
    }

    public App app() {
        return app;
    }

    public Status status() {
        return status;
    }

    public boolean running() {
        return status == Status.IN_PROGRESS;
    }

    public String errorCode() {
        return errorCode;
    }

    public String errorMessage() {
        return errorMessage;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    Instant least() {
        return least;
    }

    @Nullable
    Revision revision() {
        return revision;
    }

    @Nullable
    OperationFault fault() {
        return fault;
    }

    boolean stuck() {
        return fault != null && fault.isStuck();
    }

    void end(Status how, Instant at) {
        status = how;
        endedAt = at;
    }

    void fail(String code, String message, Instant at) {
        errorCode = code;
        errorMessage = message;
        end(Status.FAILED, at);
    }
}
