package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Settings;
import java.util.HashSet;
import java.util.Set;

/// What one container may be like.
///
/// @param volumes the template's
/// @param secrets the app's
record ContainerRules(Set<String> volumes, Set<String> secrets, Settings settings) {

    void check(String field, ObjectNode container) {
        if (Json.text(container, "image").isBlank()) {
            throw ArmRefusal.field(field + ".image", "An image is required.");
        }
        for (var list : new String[] {"command", "args"}) {
            textsOnly(field + "." + list, container.path(list));
        }
        variables(field + ".env", arrayOf(field + ".env", container.path("env")));
        mounts(field + ".volumeMounts", arrayOf(field + ".volumeMounts", container.path("volumeMounts")));
    }

    private void variables(String field, Iterable<ObjectNode> variables) {
        var names = new HashSet<String>();
        for (var variable : variables) {
            var name = Json.text(variable, "name");
            if (name.isEmpty()) {
                throw ArmRefusal.field(field + ".name", "A variable needs a name.");
            }
            if (!names.add(name) && !settings.has(Quirk.DUPLICATE_VARIABLES_WEDGE)) {
                throw ArmRefusal.field(field, "Duplicate environment variable '" + name + "'.");
            }
            value(field + "." + name, variable);
        }
    }

    private void value(String field, ObjectNode variable) {
        var value = variable.path("value");
        if (Json.present(value) && !value.isTextual()) {
            throw ArmRefusal.of(
                    400, "InvalidRequestContent", "The value of '" + field + "' must be a string, not " + value + ".");
        }
        var secret = Json.text(variable, "secretRef");
        if (secret.isEmpty()) {
            if (!Json.present(value) && settings.has(Quirk.VALUELESS_VARIABLES_REFUSED)) {
                throw ArmRefusal.field(field, "Either value or secretRef must be provided.");
            }
            return;
        }
        if (Json.present(value) && !value.textValue().isEmpty()) {
            throw ArmRefusal.field(field, "Both value and secretRef are provided.");
        }
        SecretRules.reference(secrets, secret, field);
    }

    private void mounts(String field, Iterable<ObjectNode> mounts) {
        var paths = new HashSet<String>();
        for (var mount : mounts) {
            var volume = Json.text(mount, "volumeName");
            var path = Json.text(mount, "mountPath");
            if (!volumes.contains(volume)) {
                throw ArmRefusal.field(
                        field, "Volume mount references a volume '" + volume + "' that the template doesn't define.");
            }
            if (!path.startsWith("/") || path.contains(":")) {
                throw ArmRefusal.field(field, "The mount path '" + path + "' must be absolute and have no ':'.");
            }
            if (!paths.add(path)) {
                throw ArmRefusal.field(field, "Duplicate mount path '" + path + "'.");
            }
        }
    }

    /// The objects of an array that may be missing or `null`.
    static Iterable<ObjectNode> arrayOf(String field, JsonNode array) {
        if (Json.present(array) && !array.isArray()) {
            throw ArmRefusal.of(400, "InvalidRequestContent", "'" + field + "' must be an array.");
        }
        var objects = Json.objects(array);
        if (objects.size() != array.size()) {
            throw ArmRefusal.of(400, "InvalidRequestContent", "'" + field + "' must hold objects only.");
        }
        return objects;
    }

    private static void textsOnly(String field, JsonNode list) {
        var fits = !Json.present(list) || list.isArray();
        for (var item : list) {
            fits &= item.isTextual();
        }
        if (!fits) {
            throw ArmRefusal.of(400, "InvalidRequestContent", "'" + field + "' must be an array of strings.");
        }
    }
}
