package dev.jellykeep.sandbox.containerapps.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Bucket;
import dev.jellykeep.sandbox.containerapps.settings.OperationHeader;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Settings as JSON: `{"quirks": {NAME: true}, "timings": {NAME: "PT1S"}, "headers": {"put": …, "patch": …}, …}`.
final class SettingsJson {
    private static final List<String> MEMBERS =
            List.of("quirks", "timings", "headers", "retryAfterSeconds", "pageSize", "conflictCode", "limits");

    private SettingsJson() {}

    static ObjectNode write(Settings settings) {
        var json = Json.object();
        var quirks = json.putObject("quirks");
        for (var quirk : Quirk.values()) {
            quirks.put(quirk.name(), settings.has(quirk));
        }
        var timings = json.putObject("timings");
        for (var span : Span.values()) {
            timings.put(span.name(), settings.timings().of(span).toString());
        }
        json.putObject("headers")
                .put("put", settings.put().name())
                .put("patch", settings.patch().name());
        json.put("retryAfterSeconds", settings.retryAfterSeconds()).put("pageSize", settings.pageSize());
        json.put("conflictCode", settings.conflictCode());
        var limits = json.putObject("limits");
        limits.set("reads", write(settings.reads()));
        limits.set("writes", write(settings.writes()));
        limits.set("deletes", write(settings.deletes()));
        return json;
    }

    /// The settings with what a document says changed.
    ///
    /// @throws IllegalArgumentException for a name or a value that isn't known
    static Settings read(Settings before, ObjectNode json) {
        var settings = before;
        for (var member : json.properties()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new IllegalArgumentException(
                        "There is no setting '" + member.getKey() + "': use one of " + MEMBERS + ".");
            }
        }
        for (var quirk : json.path("quirks").properties()) {
            var name = Quirk.valueOf(upper(quirk.getKey()));
            settings = quirk.getValue().asBoolean() ? settings.with(name) : settings.without(name);
        }
        var timings = settings.timings();
        for (var span : json.path("timings").properties()) {
            timings = timings.with(
                    Span.valueOf(upper(span.getKey())),
                    Duration.parse(span.getValue().asText()));
        }
        return others(settings.with(timings), json);
    }

    private static Settings others(Settings before, ObjectNode json) {
        var headers = json.path("headers");
        var limits = json.path("limits");
        return before.withHeaders(
                        header(headers.path("put"), before.put()), header(headers.path("patch"), before.patch()))
                .withRetryAfter(json.path("retryAfterSeconds").asInt(before.retryAfterSeconds()))
                .withPageSize(json.path("pageSize").asInt(before.pageSize()))
                .withConflictCode(json.path("conflictCode").asText(before.conflictCode()))
                .withLimits(
                        bucket(limits.path("reads"), before.reads()),
                        bucket(limits.path("writes"), before.writes()),
                        bucket(limits.path("deletes"), before.deletes()));
    }

    private static OperationHeader header(JsonNode json, OperationHeader otherwise) {
        return json.isTextual() ? OperationHeader.valueOf(upper(json.textValue())) : otherwise;
    }

    private static Bucket bucket(JsonNode json, Bucket otherwise) {
        return json.isObject()
                ? new Bucket(
                        json.path("size").asInt(otherwise.size()),
                        json.path("perSecond").asDouble(otherwise.perSecond()))
                : otherwise;
    }

    private static ObjectNode write(Bucket bucket) {
        return Json.object().put("size", bucket.size()).put("perSecond", bucket.perSecond());
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
