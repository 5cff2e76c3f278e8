package dev.jellykeep.sandbox.containerapps.state;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identities;
import dev.jellykeep.sandbox.containerapps.replica.ReplicaOrder.Identity;
import dev.jellykeep.sandbox.containerapps.rules.AssignedIdentities;
import dev.jellykeep.sandbox.containerapps.rules.Profile;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import dev.jellykeep.sandbox.containerapps.settings.Timings.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The identities that the containers of a new replica see (`container-apps.md` §2).
final class ReplicaIdentities {
    private static final Set<String> FOR_INIT = Set.of("", "all", "init");
    private static final Set<String> FOR_MAIN = Set.of("", "all", "main");

    private ReplicaIdentities() {}

    static Identities of(World world, App app, Instant now) {
        var init = new ArrayList<Identity>();
        var main = new ArrayList<Identity>();
        for (var identity : all(app)) {
            var lifecycle = lifecycle(app, identity.resourceId());
            if (FOR_INIT.contains(lifecycle) && reachesInit(world, app)) {
                init.add(identity);
            }
            if (FOR_MAIN.contains(lifecycle)) {
                main.add(identity);
            }
        }
        var late = world.settings().has(Quirk.LATE_IDENTITY);
        var from = late ? now.plus(world.settings().timings().of(Span.IDENTITY_DELAY)) : now;
        return new Identities(List.copyOf(init), List.copyOf(main), from);
    }

    /// Every identity of an app, whoever sees it.
    static List<Identity> all(App app) {
        var assigned = AssignedIdentities.of(app.stored());
        var all = new ArrayList<Identity>();
        if (assigned.system()) {
            all.add(identity("system", app.id()));
        }
        assigned.users().forEach(user -> all.add(identity(user, user)));
        return all;
    }

    private static Identity identity(String shown, String resourceId) {
        return new Identity(shown, AssignedIdentities.clientId(resourceId), AssignedIdentities.principalId(resourceId));
    }

    private static String lifecycle(App app, String identity) {
        return Json.objects(app.configuration().path("identitySettings")).stream()
                .filter(setting -> Json.text(setting, "identity").equalsIgnoreCase(identity))
                .map(setting -> Json.text(setting, "lifecycle").toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }

    private static boolean reachesInit(World world, App app) {
        return !world.settings().has(Quirk.IDENTITY_LIMITED_IN_INIT)
                || world.environment(Json.text(app.properties(), "environmentId"))
                        .map(environment ->
                                Profile.of(app.stored(), environment.stored()).identityInInit())
                        .orElse(false);
    }
}
