package dev.jellykeep.store.azure;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// No token could be had. The message has neither a subject nor a full stop: it follows "… : ".
final class NoTokenException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /// The library's own advice, which ends in a link.
    private static final Pattern ADVICE = Pattern.compile("To mitigate this issue");
    private final boolean passing;

    /// Tells why.
    ///
    /// @param passing asking again may help: the endpoint starts while init containers already run
    NoTokenException(String message, boolean passing, @Nullable Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /// From what azure-identity threw: the first sentence that tells anything. A network that fails may come back.
    static NoTokenException of(Throwable thrown) {
        String said = null;
        var passing = false;
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            passing |= cause instanceof IOException && !(cause instanceof FileSystemException);
            var message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
            if (cause instanceof FileSystemException) {
                said = message + " can't be read";
            } else if (said == null && !message.isBlank() && !message.contains("see inner exception")) {
                said = message;
            }
        }
        var sentence = said == null ? thrown.getClass().getSimpleName() : ADVICE.split(said, 2)[0];
        return new NoTokenException(sentence.replaceAll("[.\\s]+$", ""), passing, thrown);
    }

    boolean passing() {
        return passing;
    }
}
