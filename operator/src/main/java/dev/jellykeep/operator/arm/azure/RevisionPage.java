package dev.jellykeep.operator.arm.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.arm.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One page of a revision list. Read as raw JSON, since the SDK's model drops `runningStateDetails`,
/// which the service sends and its specification doesn't name.
///
/// @param nextLink `""` on the last page
record RevisionPage(List<Revision> revisions, String nextLink) {
    RevisionPage {
        revisions = List.copyOf(revisions);
    }

    /// Reads one.
    ///
    /// @throws FaultException if it has no `value`
    static RevisionPage of(JsonNode body) {
        if (!body.path("value").isArray()) {
            throw new FaultException(new Fault.NotArm("a revision list without \"value\"", ""));
        }
        var revisions = new ArrayList<Revision>();
        body.path("value").forEach(each -> revisions.add(revision(each)));
        return new RevisionPage(revisions, Json.text(body, "nextLink"));
    }

    private static Revision revision(JsonNode item) {
        var properties = item.path("properties");
        return new Revision(
                Json.text(item, "name"),
                properties.path("active").asBoolean(false),
                Json.time(properties, "createdTime"),
                properties.path("replicas").asInt(0),
                Json.text(properties, "healthState"),
                Json.text(properties, "provisioningState"),
                Json.text(properties, "runningState"),
                Json.text(properties, "provisioningError"),
                Json.text(properties, "runningStateDetails"),
                images(properties.path("template").path("containers")));
    }

    private static Map<String, String> images(JsonNode containers) {
        Map<String, String> images = new LinkedHashMap<>();
        containers.forEach(each -> images.put(Json.text(each, "name"), Json.text(each, "image")));
        return images;
    }
}
