package dev.jellykeep.agent.explorer;

import static dev.jellykeep.agent.explorer.Violation.require;

import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What must hold of each write and of each state; DESIGN §3.5.
record Invariants(Scenario scenario) {

    private boolean mayLoseTheDocument() {
        return scenario.budget().hasAny(Budget.Fault.DOCUMENT_LOST, Budget.Fault.DOCUMENT_TORN);
    }

    /// One document is replaced by another.
    void onWrite(World world, Blobs after, int actor) {
        LineageDocument old = world.blobs().readable();
        LineageDocument next = after.readable();
        if (next == null) {
            throw new Violation("what was written can't be read");
        }
        if (old == null) {
            onCreate(world, after);
            return;
        }
        require(next.epoch() >= old.epoch(), "the epoch went back");
        require(next.epoch() < 12, "the epoch runs away");
        require(
                next.holder() == null || Objects.equals(next.holder(), old.holder()) || next.epoch() > old.epoch(),
                "a new holder without a new epoch");
        boolean seals = next.sealed() && !old.sealed();
        require(!seals || old.isHeldBy(Program.name(actor)), "sealed by one who doesn't hold the lineage");
        require(!seals || world.replica(actor).life() != Replica.Life.UP, "sealed by one whose app serves on");
        String head = head(next);
        if (head != null && !head.equals(head(old))) {
            headMoved(after, old, next, actor, head);
        }
        require(head != null || head(old) == null, "there is no head any more");
        named(world.blobs(), old, next, actor);
        shape(after, next);
    }

    private static void headMoved(Blobs blobs, LineageDocument old, LineageDocument next, int actor, String head) {
        Shelf.Archive archive = blobs.ever(head).orElseThrow(() -> new Violation("the head was never there"));
        String before = head(old);
        var place = archive.place();
        if (place == null) {
            require(before == null && old.forks().isEmpty(), "an older tool's archive displaced the head");
            return;
        }
        boolean onTop = Objects.equals(place.parent(), before);
        boolean promoted = old.isHeldBy(Program.name(actor)) && place.owner().equals(Program.name(actor));
        boolean rolled = onTop && (old.holder() == null || old.holder().equals(place.owner()));
        require(promoted || rolled, "the head was moved by one who doesn't hold the lineage");
        require(place.epoch() == old.epoch(), "an archive of another epoch became the head");
        require(onTop || before == null || next.names(before), "the head moved off its parent without a fork point");
        Set<String> line = ancestors(blobs, head);
        next.history()
                .forEach(listed -> require(
                        line.contains(listed.name()), listed.name() + " is in the history of a head that has it not"));
    }

    private static void named(Blobs blobs, LineageDocument old, LineageDocument next, int actor) {
        Set<String> listed = next.listed().map(Listed::name).collect(Collectors.toSet());
        for (Listed each : old.listed().toList()) {
            boolean doomed = next.deleting().contains(each.name());
            require(listed.contains(each.name()) || doomed, each.name() + " was listed and no longer is");
            require(!doomed || old.isHeldBy(Program.name(actor)), "doomed by one who doesn't hold the lineage");
            require(!doomed || !each.name().equals(head(old)), "the head was doomed");
            require(!doomed || !old.holds().contains(each.name()), "a held archive was doomed");
        }
        for (String doomed : old.deleting()) {
            require(
                    blobs.shelf().find(doomed).isEmpty() || next.deleting().contains(doomed),
                    doomed + " was to be deleted and is forgotten");
        }
    }

    private static void shape(Blobs blobs, LineageDocument next) {
        Set<String> once = new HashSet<>(next.deleting());
        next.listed().forEach(listed -> require(once.add(listed.name()), listed.name() + " is listed twice or doomed"));
        for (Fork fork : next.forks()) {
            String base = fork.base();
            require(
                    base == null || ancestors(blobs, fork.tip().name()).contains(base),
                    "a fork's base " + base + " is no ancestor of it");
        }
    }

    private static Set<String> ancestors(Blobs blobs, String of) {
        Set<String> line = new HashSet<>();
        String at = of;
        while (at != null && line.add(at)) {
            at = blobs.ever(at).map(Shelf.Archive::parent).orElse(null);
        }
        return line;
    }

    /// A document where there was none, or none that could be read.
    void onCreate(World world, Blobs after) {
        LineageDocument next = Objects.requireNonNull(after.readable());
        Blobs blobs = world.blobs();
        require(
                !blobs.used().isEmpty()
                        || blobs.shelf().all().isEmpty()
                        || next.head().isEmpty(),
                "made up a head");
        next.head()
                .ifPresent(head ->
                        require(blobs.ever(head.name()).isPresent(), "the head of a new document was never there"));
        Blobs.Document before = blobs.before();
        LineageDocument lost = before == null ? null : before.parsed();
        if (lost == null) {
            return;
        }
        lost.listed()
                .map(Listed::name)
                .filter(name -> blobs.shelf()
                        .find(name)
                        .filter(each -> each.place() != null)
                        .isPresent())
                .forEach(name -> require(next.names(name), name + " was listed before the document was lost"));
        long newest = blobs.shelf().all().values().stream()
                .mapToLong(Shelf.Archive::epoch)
                .max()
                .orElse(0);
        require(next.epoch() > newest || next.hasNoArchives(), "rebuilt in an old epoch");
    }

    /// A blob is deleted.
    void onDelete(World world, String name) {
        LineageDocument document = world.blobs().readable();
        if (document == null) {
            return;
        }
        boolean listed = document.listed().anyMatch(each -> each.name().equals(name));
        require(
                !listed || (mayLoseTheDocument() && !name.equals(head(document))),
                "a pruner deletes " + name + ", which is listed");
        require(
                !document.holds().contains(name) || mayLoseTheDocument(),
                "a pruner deletes " + name + ", which is held");
    }

    /// A restore downloads what it has chosen.
    void onOpen(World world, int i, String name) {
        require(
                !name.equals(scenario.pinned())
                        || world.blobs().shelf().find(name).isPresent(),
                "the archive that a pinned restore had chosen was pruned");
    }

    /// A state, whoever acts next.
    void onState(World world) {
        LineageDocument document = world.blobs().readable();
        if (document == null) {
            return;
        }
        Shelf gone = world.blobs().gone();
        require(gone.find(head(document)).isEmpty(), "the head was deleted");
        if (!mayLoseTheDocument()) {
            document.listed()
                    .forEach(listed -> require(gone.find(listed.name()).isEmpty(), listed.name() + " was deleted"));
        }
    }

    static @Nullable String head(LineageDocument document) {
        return document.head().map(Listed::name).orElse(null);
    }
}
