package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.util.HashSet;
import java.util.Set;

/// A secret stays as long as any revision refers to it, also an inactive one (`container-apps.md` §3.2).
final class UsedSecrets {
    private UsedSecrets() {}

    static void check(World world, App app, ObjectNode written) {
        if (!world.settings().has(Quirk.USED_SECRETS_KEPT)) {
            return;
        }
        var removed = names(app.stored());
        removed.removeAll(names(written));
        for (var revision : app.revisions()) {
            for (var secret : removed) {
                if (revision.template().findValuesAsText("secretRef").contains(secret)) {
                    throw ArmRefusal.of(
                            400,
                            "ContainerAppSecretInUse",
                            "The secret '" + secret + "' can't be removed: the revision '" + revision.name()
                                    + "' refers to it.");
                }
            }
        }
    }

    private static Set<String> names(JsonNode app) {
        var names = new HashSet<String>();
        Json.objects(Json.at(app, "properties", "configuration", "secrets"))
                .forEach(secret -> names.add(Json.text(secret, "name")));
        return names;
    }
}
