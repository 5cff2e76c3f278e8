package dev.jellykeep.sandbox.replicas.network;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.process.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `ip` of iproute2 is asked.
final class Ip {
    private Ip() {}

    /// Does all that is asked, or throws with what `ip` says.
    static void all(List<String> prefix, String... commands) {
        var line = new ArrayList<>(prefix);
        line.addAll(List.of("ip", "-batch", "-"));
        var result = Command.run(line, String.join("\n", commands) + "\n");
        if (!result.ok()) {
            throw new NetworkFailure("The network of the sandbox can't be made (" + result.output() + "): "
                    + "root's rights are needed, and iproute2.");
        }
    }

    /// Removes an interface, if it is there.
    static void remove(String name) {
        Command.run(List.of("ip", "link", "del", "dev", name));
    }

    /// Every destination that there is a route to.
    static List<String> routes() {
        return Json.objects(list("route", "show", "table", "all")).stream()
                .map(route -> Json.text(route, "dst"))
                .toList();
    }

    /// Every interface's alias by its name, where it has one.
    static Map<String, String> aliases() {
        var aliases = new TreeMap<String, String>();
        for (var link : Json.objects(list("link", "show"))) {
            var alias = Json.text(link, "ifalias");
            if (!alias.isEmpty()) {
                aliases.put(Json.text(link, "ifname"), alias);
            }
        }
        return aliases;
    }

    private static com.fasterxml.jackson.databind.JsonNode list(String... what) {
        var line = new ArrayList<>(List.of("ip", "-json"));
        line.addAll(List.of(what));
        var result = Command.run(line);
        if (!result.ok()) {
            throw new NetworkFailure("The network of this machine can't be read (" + result.output() + ").");
        }
        return Json.object("{\"all\": " + (result.output().isEmpty() ? "[]" : result.output()) + "}")
                .path("all");
    }
}
