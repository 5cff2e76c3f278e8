package dev.jellykeep.contract.json;

import org.jspecify.annotations.Nullable;

/// A document that isn't what it should be. The message names the document, the field and what was expected.
public final class JsonFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonFormatException(String message) {
        super(message);
    }

    public JsonFormatException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
