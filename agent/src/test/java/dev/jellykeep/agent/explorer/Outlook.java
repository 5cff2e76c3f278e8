package dev.jellykeep.agent.explorer;

import static dev.jellykeep.agent.explorer.Violation.require;

import dev.jellykeep.agent.explorer.Budget.Fault;
import dev.jellykeep.agent.explorer.Replica.Life;
import dev.jellykeep.agent.explorer.Scenario.Trait;
import dev.jellykeep.contract.lineage.LineageDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What would become of a state without further faults: what a cold start gives once everybody is dead, and whether
/// whoever is left gets its users' writes into the head.
final class Outlook {
    private static final int MOST_STEPS = 400;
    private static final int BIT = 1 << 19;

    private final Scenario scenario;
    private final Steps steps;
    private final Map<Long, ColdStart> starts = new HashMap<>();
    private final Map<Long, String> futures = new HashMap<>();

    Outlook(Scenario scenario, Unfolding unfolding) {
        this.scenario = scenario;
        this.steps = new Steps(scenario, unfolding, 0);
    }

    /// @param data that were put in place
    /// @param failure why there are none; empty: there are
    /// @param world afterwards
    private record ColdStart(int data, String failure, World world) {}

    /// How many futures were looked at.
    int futures() {
        return futures.size();
    }

    private static World alone(World world, int left) {
        List<Replica> others = new ArrayList<>();
        for (int j = 0; j < world.replicas().size(); j++) {
            Replica each = world.replica(j);
            others.add(j == left ? each : each.dead(false).withStale(true));
        }
        return new World(
                world.blobs().with((Blobs.Late) null),
                List.copyOf(others),
                0,
                world.last(),
                world.switched(),
                Budget.NONE,
                world.yields(),
                0,
                0,
                0);
    }

    private ColdStart coldStart(World world) {
        return starts.computeIfAbsent(world.blobs().fingerprint(false), _ -> {
            World dead = alone(world, -1);
            List<Replica> more = new ArrayList<>(dead.replicas());
            more.add(Replica.ABSENT);
            int i = more.size() - 1;
            World begun = new World(dead.blobs(), List.copyOf(more), 0, i, false, Budget.NONE, dead.yields(), 0, 0, 0);
            World at = steps.starting(begun, i);
            for (int step = 0; step < MOST_STEPS; step++) {
                Replica replica = at.replica(i);
                if (replica.life() == Life.UP) {
                    return new ColdStart(replica.data(), "", at);
                }
                if (replica.life() == Life.DEAD) {
                    return new ColdStart(0, steps.lastFailure(), at);
                }
                at = steps.take(steps.calm(at, i));
            }
            return new ColdStart(0, "it doesn't get to its end", at);
        });
    }

    /// Whoever lives, and whoever would come if nobody did, gets what its users write into a sealed head.
    void liveness(World world) {
        ColdStart start = coldStart(world);
        if (start.failure().isEmpty()) {
            int i = start.world().replicas().size() - 1;
            String cold = futures.computeIfAbsent(
                    Fingerprint.of(1, world.blobs().fingerprint(false)), _ -> future(start.world(), i));
            require(cold.isEmpty(), "a cold start: " + cold);
        } else {
            require(
                    scenario.pin() != null && start.failure().equals("NO_GOOD_ARCHIVE"),
                    "a cold start fails: " + start.failure());
        }
        for (int i = 0; i < world.replicas().size(); i++) {
            Replica replica = world.replica(i);
            if (replica.up() && replica.healthy() && !world.isYielding(i) && !Scenario.damaged(replica.data())) {
                int left = i;
                long key = Fingerprint.of(i, world.blobs().fingerprint(false), replica.fingerprint());
                String survivor = futures.computeIfAbsent(key, _ -> future(alone(world, left), left));
                require(survivor.isEmpty(), "who is left (" + Names.of(i) + "): " + survivor);
            }
        }
    }

    /// @return empty: all is well
    private String future(World from, int i) {
        Replica replica = from.replica(i);
        World at = from.with(
                i, replica.withApp(true, true).withStale(false).withData(replica.data() | Scenario.BASE | BIT));
        for (int step = 0; step < MOST_STEPS; step++) {
            if (at.replica(i).life() == Life.UP && headHolds(at)) {
                at = at.with(i, at.replica(i).told());
            }
            if (!at.replica(i).alive()) {
                boolean sealed =
                        at.blobs().lineage().filter(LineageDocument::sealed).isPresent();
                return sealed && headHolds(at) ? "" : "it ended, and its data are not in a sealed head";
            }
            at = steps.take(steps.calm(at, i));
        }
        return "its data don't get into the head";
    }

    private static boolean headHolds(World world) {
        return (dataOfHead(world) & BIT) != 0;
    }

    private static int dataOfHead(World world) {
        LineageDocument document = world.blobs().readable();
        return document == null
                ? 0
                : world.blobs()
                        .ever(Invariants.head(document))
                        .map(Shelf.Archive::data)
                        .orElse(0);
    }

    /// Everybody is dead.
    void atTheEnd(World world) {
        ColdStart start = coldStart(world);
        Replica last = world.replica(world.last());
        boolean byPin = last.identity() != null && last.identity().pinToken() != null;
        if (!start.failure().isEmpty()) {
            require(scenario.pin() != null, "nothing can be restored: " + start.failure());
            return;
        }
        int given = start.data();
        if (!scenario.budget().has(Fault.ROT)) {
            saved(world, given);
        }
        LineageDocument document = Objects.requireNonNull(start.world().blobs().readable());
        boolean pinOpen = scenario.pin() != null && !Scenario.TOKEN.equals(document.pin());
        if (pinOpen && !byPin) {
            given = dataOfHead(start.world());
        }
        if (byPin && world.switched()) {
            int left = world.replica(0).data() & ~last.data() & world.all();
            require((left & given) == 0, "writes that a pinned restore left behind are back");
        }
        if (scenario.pin() == null) {
            onTop(world, document, given);
        }
        if (calm(world)) {
            rightHead(world, last, given, pinOpen && byPin);
        }
    }

    /// What was uploaded whole, and follows the head, is not passed over by a cold start.
    private static void onTop(World world, LineageDocument document, int given) {
        world.blobs().shelf().all().forEach((name, archive) -> {
            boolean onTop = archive.epoch() > 0
                    && archive.epoch() == document.epoch()
                    && Objects.equals(archive.parent(), Invariants.head(document));
            require(
                    !onTop || document.names(name) || (archive.data() & world.all() & ~given) == 0,
                    "the whole archive " + name + " on top of the head is ignored");
        });
    }

    private boolean calm(World world) {
        boolean unspent = world.budget().of(Fault.STALE) == scenario.budget().of(Fault.STALE)
                && world.budget().of(Fault.OLD_READ) == scenario.budget().of(Fault.OLD_READ);
        return unspent && !scenario.has(Trait.BLURRED);
    }

    private void rightHead(World world, Replica last, int given, boolean pinOpen) {
        require(
                scenario.sick().isEmpty() || world.last() != 0 || (given & Scenario.MIGRATION) == 0,
                "a cold start gives the old version a migrated database");
        boolean damaged =
                scenario.budget().has(Fault.DAMAGE) || scenario.budget().has(Fault.ROT);
        if (last.clean() && !damaged) {
            require(
                    (last.data() & world.all() & ~given) == 0,
                    "the survivor ended cleanly with writes that a cold start doesn't give");
        }
        int registered = registered(world, world.last());
        require(
                damaged || pinOpen || (registered & world.all() & ~given) == 0,
                "the survivor had saved writes that a cold start doesn't give");
        require(!pinOpen || !last.clean() || !last.healthy(), "the pin is never consumed");
    }

    /// What the newest archive of a replica's that became head at some time holds.
    private static int registered(World world, int replica) {
        return world.blobs().shelf().all().entrySet().stream()
                .filter(each -> {
                    var place = each.getValue().place();
                    return place != null && place.owner().equals(Program.name(replica)) && place.epoch() > 0;
                })
                .filter(each -> world.blobs()
                        .lineage()
                        .filter(it -> it.names(each.getKey()))
                        .isPresent())
                .max(Comparator.comparingLong(each -> sequence(each.getValue())))
                .map(each -> each.getValue().data())
                .orElse(0);
    }

    private static long sequence(Shelf.Archive archive) {
        var place = archive.place();
        return place == null ? 0 : place.sequence();
    }

    /// Who ended by itself has its writes in some archive.
    private static void saved(World world, int given) {
        int anywhere = world.blobs().shelf().all().values().stream()
                .mapToInt(Shelf.Archive::data)
                .reduce(given, (left, right) -> left | right);
        for (int i = 0; i < world.replicas().size(); i++) {
            Replica replica = world.replica(i);
            require(
                    !replica.clean() || !replica.healthy() || (replica.data() & world.all() & ~anywhere) == 0,
                    Names.of(i) + " ended cleanly and its writes are in no archive");
        }
    }
}
