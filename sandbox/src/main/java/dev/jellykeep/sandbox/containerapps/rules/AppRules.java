package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.util.HashSet;

/// What the service refuses of an app as it would be after a write.
public final class AppRules {
    private AppRules() {}

    /// Checks a whole app.
    ///
    /// @throws ArmRefusal with the service's code, where that is known
    public static void check(ObjectNode app, ObjectNode environment, Settings settings) {
        if (!Json.at(app, "properties", "template").isObject()) {
            throw ArmRefusal.field("template", "A template is required.");
        }
        var secrets = SecretRules.names(Json.at(app, "properties", "configuration", "secrets"));
        AssignedIdentities.check(app);
        ConfigurationRules.check(app, secrets);
        var profile = Profile.of(app, environment);
        new TemplateRules(secrets, profile, settings).check(Json.at(app, "properties", "template"));
    }

    /// Gives secrets that were sent with a name only the value that they have, where that isn't refused.
    ///
    /// @param written the request's body, changed
    /// @param stored the app as it is
    public static void completeSecrets(ObjectNode written, JsonNode stored, Settings settings) {
        var before = Json.objects(Json.at(stored, "properties", "configuration", "secrets"));
        for (var secret : Json.objects(Json.at(written, "properties", "configuration", "secrets"))) {
            if (SecretRules.isComplete(secret) || settings.has(Quirk.NAME_ONLY_SECRETS_REFUSED)) {
                continue;
            }
            before.stream()
                    .filter(old -> Json.text(old, "name").equals(Json.text(secret, "name")))
                    .forEach(secret::setAll);
        }
    }

    /// Whether a container has two variables of one name.
    public static boolean hasDuplicateVariables(JsonNode template) {
        for (var list : new String[] {"initContainers", "containers"}) {
            for (var container : Json.objects(template.path(list))) {
                var names = new HashSet<String>();
                for (var variable : Json.objects(container.path("env"))) {
                    if (!names.add(Json.text(variable, "name"))) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
