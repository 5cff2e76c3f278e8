package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Instant;

/// Who made a resource, and who changed it last.
record SystemData(String createdBy, Instant createdAt, String lastModifiedBy, Instant lastModifiedAt) {

    static SystemData created(Caller by, Instant at) {
        return new SystemData(by.name(), at, by.name(), at);
    }

    SystemData modified(Caller by, Instant at) {
        return new SystemData(createdBy, createdAt, by.name(), at);
    }

    ObjectNode json() {
        return Json.object()
                .put("createdBy", createdBy)
                .put("createdByType", "Application")
                .put("createdAt", createdAt.toString())
                .put("lastModifiedBy", lastModifiedBy)
                .put("lastModifiedByType", "Application")
                .put("lastModifiedAt", lastModifiedAt.toString());
    }
}
