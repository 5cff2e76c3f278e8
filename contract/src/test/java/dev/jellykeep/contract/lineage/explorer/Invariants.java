package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.explorer.Replica.Job;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must hold of each write of the document, of each state, and once everybody is dead.
final class Invariants {
    private Invariants() {}

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Violation(otherwise);
        }
    }

    /// One document is replaced by another.
    static void onWrite(World world, LineageDocument old, LineageDocument next, int actor, Job job) {
        require(next.epoch() >= old.epoch(), "the epoch went back");
        require(
                next.holder() == null || next.holder().equals(old.holder()) || next.epoch() > old.epoch(),
                "a new holder without a new epoch");
        String before = Agent.headOf(old);
        String after = Agent.headOf(next);
        if (after != null && !after.equals(before)) {
            headMoved(world, old, next, actor, job, world.blob(after).orElseThrow());
        }
        named(world, old, next, job);
        shape(world, next);
    }

    private static void headMoved(
            World world, LineageDocument old, LineageDocument next, int actor, Job job, Blob head) {
        boolean promoted = job == Job.REGISTER && old.isHeldBy(World.id(actor));
        boolean rolled =
                job == Job.ROLL && (old.holder() == null || head.facts().owner().equals(old.holder()));
        require(promoted || rolled, "the head was moved by one who doesn't hold the lineage");
        require(head.facts().epoch() == old.epoch(), "an archive of another epoch became the head");
        String before = Agent.headOf(old);
        boolean onTop = Objects.equals(head.facts().parent(), before);
        require(onTop || promoted, "rolled forward off the head");
        require(onTop || before == null || next.names(before), "the head moved off its parent without a fork point");
        Set<String> line = ancestors(world, head.name());
        next.history()
                .forEach(listed -> require(
                        line.contains(listed.name()), listed.name() + " is in the history of a head that has it not"));
    }

    private static void named(World world, LineageDocument old, LineageDocument next, Job job) {
        Set<String> listed = next.listed().map(Listed::name).collect(Collectors.toSet());
        for (Listed each : old.listed().toList()) {
            boolean doomed = job == Job.DOOM && next.deleting().contains(each.name());
            require(listed.contains(each.name()) || doomed, each.name() + " was listed and no longer is");
            require(!doomed || !each.name().equals(Agent.headOf(old)), "the head was doomed");
            require(!doomed || !old.holds().contains(each.name()), "a held archive was doomed");
        }
        for (String doomed : old.deleting()) {
            boolean gone = world.blob(doomed).filter(Blob::gone).isPresent();
            require(gone || next.deleting().contains(doomed), doomed + " was to be deleted and is forgotten");
        }
    }

    private static void shape(World world, LineageDocument next) {
        Set<String> once = new HashSet<>(next.deleting());
        next.listed().forEach(listed -> require(once.add(listed.name()), listed.name() + " is listed twice or doomed"));
        for (Fork fork : next.forks()) {
            String base = fork.base();
            require(
                    base == null || ancestors(world, fork.tip().name()).contains(base),
                    "a fork's base " + base + " is no ancestor of it");
        }
    }

    private static Set<String> ancestors(World world, String of) {
        Set<String> line = new HashSet<>();
        String at = of;
        while (at != null && line.add(at)) {
            at = world.blob(at).map(blob -> blob.facts().parent()).orElse(null);
        }
        return line;
    }

    /// A state, whoever acts next.
    ///
    /// @param afterLoss the document was lost before: a paused pruner may delete what it had doomed
    static void onState(World world, boolean afterLoss) {
        LineageDocument document = world.document();
        if (document == null) {
            return;
        }
        require(!gone(world, Agent.headOf(document)), "the head was deleted");
        if (!afterLoss) {
            document.listed().forEach(listed -> require(!gone(world, listed.name()), listed.name() + " was deleted"));
        }
        for (Blob blob : world.blobs()) {
            require(
                    !blob.acknowledged() || blob.gone() || document.names(blob.name()),
                    "acknowledged " + blob.name() + " is unreachable");
        }
    }

    private static boolean gone(World world, @Nullable String name) {
        return world.blob(name).filter(Blob::gone).isPresent();
    }

    /// Everybody is dead: what would a cold start give?
    static void atTheEnd(World world, Scenario scenario, Rule removed) {
        LineageDocument left = world.document();
        LineageDocument document =
                left != null ? left : Rebuild.of(World.LINEAGE, null, world.existing(true), world.existing(false));
        Replica last = world.replica(world.last());
        int given = coldStart(world, scenario, removed, document);
        int all = (1 << world.writes()) - 1;
        saved(world, given & all);
        if (!scenario.calm()) {
            return;
        }
        require(
                scenario.sick().isEmpty() || world.last() != 0 || (given & Scenario.MIGRATION) == 0,
                "a cold start gives the old version a migrated database");
        for (Blob blob : world.blobs()) {
            boolean onTop = blob.facts().epoch() > 0
                    && blob.facts().epoch() == document.epoch()
                    && Objects.equals(blob.facts().parent(), Agent.headOf(document));
            require(
                    !onTop || blob.gone() || document.names(blob.name()) || (blob.data() & ~given) == 0,
                    "the whole archive on top of the head is ignored");
        }
        if (last.clean()) {
            require(
                    (last.data() & all & ~given) == 0,
                    "the survivor ended cleanly with writes that a cold start doesn't give");
        }
        boolean tipSaved = world.blob(last.tip())
                .filter(tip -> tip.acknowledged() && tip.facts().epoch() > 0)
                .isPresent();
        require(
                last.clean() || !tipSaved || (world.dataOf(last.tip()) & all & ~given) == 0,
                "the survivor had saved writes that a cold start doesn't give");
        boolean pinServed = scenario.pin().contains(world.last()) && last.clean() && last.healthy();
        require(
                !pinServed || last.data() == world.dataOf(Scenario.archive(0)) || document.pin() != null,
                "the pin is never consumed");
    }

    private static int coldStart(World world, Scenario scenario, Rule removed, LineageDocument document) {
        String pin = scenario.pinFor(world.last(), document, removed != Rule.PIN_ONCE);
        if (pin != null) {
            return world.dataOf(pin);
        }
        Step roll = new Swaps(scenario, removed).roll(world, document);
        LineageDocument rolled = roll instanceof Step.Write(LineageDocument next) ? next : document;
        return world.dataOf(Agent.headOf(rolled));
    }

    /// Who ended by itself has its writes in some archive.
    private static void saved(World world, int given) {
        int anywhere = world.blobs().stream()
                .filter(blob -> !blob.gone())
                .mapToInt(Blob::data)
                .reduce(given, (left, right) -> left | right);
        int all = (1 << world.writes()) - 1;
        for (Replica replica : world.replicas()) {
            require(
                    !replica.clean() || !replica.healthy() || (replica.data() & all & ~anywhere) == 0,
                    "a replica ended cleanly and its writes are in no archive");
        }
    }
}
