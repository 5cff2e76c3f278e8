package dev.jellykeep.sandbox.containerapps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is done to an app in whatever order, some things hold. `-Dseed=42` runs one seed.
class ExplorerTest {
    private static final int STEPS = 40;

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, 40) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_app_finds_rest_and_users_keep_what_served_them(long seed) {
        var random = new Random(seed);
        try (var town = Town.serving()) {
            for (var quirk : List.of(
                    Quirk.BUSY_CONFLICT,
                    Quirk.BUSY_REVISION_ACTIONS,
                    Quirk.EXTRA_OLD_REPLICA,
                    Quirk.EXTRA_NEW_REPLICA,
                    Quirk.REPLICA_ON_EVERY_ROLLOUT)) {
                town.apps.change(settings -> random.nextBoolean() ? settings.with(quirk) : settings.without(quirk));
            }
            for (var step = 0; step < STEPS; step++) {
                var status = act(town, random);
                assertThat(status).as("step %d", step).isLessThan(500);
                bounded(town, step);
            }
            town.advance(Duration.ofHours(2));
            atRest(town);
        }
    }

    private static int act(Town town, RandomGenerator random) {
        var revisions = town.apps.replicas("jellyfin");
        var names = List.copyOf(revisions.keySet());
        var revision = Town.APP + "/revisions/" + names.get(random.nextInt(names.size()));
        var replicas = revisions.values().stream().flatMap(List::stream).toList();
        switch (random.nextInt(11)) {
            case 0, 1 -> {
                return town.patch(town.newImage("jellyfin:" + random.nextInt(4)))
                        .status();
            }
            case 2 -> {
                return town.client.post(revision + "/deactivate").status();
            }
            case 3 -> {
                return town.client.post(revision + "/activate").status();
            }
            case 4 -> {
                return town.client.post(revision + "/restart").status();
            }
            case 5 -> {
                return town.client
                        .post(Town.APP + (random.nextBoolean() ? "/stop" : "/start"))
                        .status();
            }
            case 6 -> town.apps.request("jellyfin");
            case 7 ->
                town.apps.script(ContainerScript.of("restore-db")
                        .fails(random.nextBoolean() ? ContainerScript.FOR_EVER : random.nextInt(3), 1, "no"));
            case 8 -> {
                if (!replicas.isEmpty()) {
                    town.apps.evict(replicas.get(random.nextInt(replicas.size())));
                }
            }
            default -> town.advance(Duration.ofSeconds(random.nextInt(1, 400)));
        }
        return 200;
    }

    /// `maxReplicas` is 1: beside it stand at most one that a restart replaces, one that a quirk adds, and what is
    /// stopping.
    private static void bounded(Town town, int step) {
        for (var revision : Json.objects(town.apps.state().at("/apps/0/revisions"))) {
            var counting = Json.objects(revision.path("replicas")).stream()
                    .filter(replica -> !replica.path("stopping").asBoolean()
                            && !replica.path("replaced").asBoolean())
                    .count();
            assertThat(counting).as("step %d: %s", step, revision).isLessThanOrEqualTo(2);
        }
    }

    private static void atRest(Town town) {
        var app = town.apps.state().at("/apps/0");
        assertThat(app.path("busy").asBoolean()).as("%s", app.path("revisions")).isFalse();
        var active = Json.objects(app.path("revisions")).stream()
                .filter(revision -> revision.path("active").asBoolean())
                .toList();
        assertThat(active)
                .filteredOn(revision -> Json.text(revision, "progress").equals("PROVISIONED"))
                .as("%s", app.path("revisions"))
                .hasSizeLessThanOrEqualTo(1);
        for (var revision : Json.objects(app.path("revisions"))) {
            var asleep = !revision.path("active").asBoolean()
                    || Json.text(revision, "progress").equals("PROVISIONED");
            assertThat(revision.path("replicas").isEmpty() || !asleep)
                    .as("%s", app.path("revisions"))
                    .isTrue();
        }
    }
}
