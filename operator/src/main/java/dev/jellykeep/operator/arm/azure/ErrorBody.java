package dev.jellykeep.operator.arm.azure;

import com.fasterxml.jackson.databind.JsonNode;

/// An error as ARM words it: `{"error":{"code","message"}}`, or bare, as Microsoft.App still answers at
/// times (microsoft/azure-container-apps#175).
///
/// @param code `""` if the body is not ARM's
/// @param message in one line
record ErrorBody(String code, String message) {
    private static final int LONGEST = 500;

    static ErrorBody of(byte[] body) {
        return Json.parse(body).map(ErrorBody::of).orElse(new ErrorBody("", ""));
    }

    static ErrorBody of(JsonNode body) {
        var error = body.path("error").isObject() ? body.path("error") : body;
        return new ErrorBody(oneLine(Json.text(error, "code"), 100), oneLine(Json.text(error, "message"), LONGEST));
    }

    private static String oneLine(String text, int longest) {
        var line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    }
}
