package dev.jellykeep.contract.lineage;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The protocol's transitions as pure functions of the document that was read; protocol §4. After a refused or
/// unknown
/// swap the caller reads again and calls the same function again: `Done` is how one sees that it had worked.
public final class Transitions {
    private Transitions() {}

    /// ADOPT: an archive of the older formats becomes the first head.
    public static Step adopt(LineageDocument document, String name, String sha256) {
        if (!document.history().isEmpty()) {
            return new Step.Done();
        }
        if (!document.forks().isEmpty()) {
            return new Step.Refused("the lineage has forks");
        }
        long epoch = Math.max(1, document.epoch());
        LineageDocument adopted = new LineageDocument(
                document.lineage(),
                document.app(),
                epoch,
                null,
                true,
                List.of(new Listed(name, sha256, epoch, 1)),
                List.of(),
                document.asked(),
                document.holds(),
                document.deleting(),
                document.pin(),
                null);
        return new Step.Write(adopted);
    }

    /// CLAIM: needs no archive and never moves the head.
    ///
    /// @param healthy my app has answered its health check at least once
    public static Step claim(LineageDocument document, String me, boolean holderStale, boolean healthy) {
        return switch (Standing.of(document, me, holderStale)) {
            case MINE -> new Step.Done();
            case OTHER -> new Step.Refused("replica " + document.holder() + " holds the lineage and is alive");
            case GONE ->
                healthy
                        ? new Step.Write(document.withHolder(me, document.epoch() + 1))
                        : new Step.Refused("the app has not been healthy yet");
        };
    }

    /// PROMOTE: the holder's archive becomes the head. Where the line of `tip` isn't the head's, the rest of
    /// history
    /// becomes a fork entry, and the line's own fork slice is taken in.
    ///
    /// @param archive uploaded under its final name; its epoch must be the document's
    /// @param tip last registered archive of my line before this one
    /// @param seal the snapshot was taken after SIGTERM and the app's exit
    /// @param pinToken the pin that I restored and that is not consumed yet
    public static Step promote(
            LineageDocument document,
            String me,
            Archived archive,
            @Nullable String tip,
            boolean seal,
            @Nullable String pinToken,
            Lookup lookup) {
        if (document.names(archive.name())) {
            return new Step.Done();
        }
        if (!document.isHeldBy(me)) {
            return new Step.Refused("not the holder");
        }
        if (archive.epoch() != document.epoch()) {
            return new Step.Refused("the archive was written in another epoch");
        }
        LineageDocument longer = extended(document, archive, tip, lookup).withState(seal, null);
        String token = pinToken == null || Objects.equals(pinToken, document.pin()) ? null : pinToken;
        return new Step.Write(token == null ? longer : longer.withConsumedPin(token));
    }

    private static LineageDocument extended(
            LineageDocument document, Archived archive, @Nullable String tip, Lookup lookup) {
        String head = document.head().map(Listed::name).orElse(null);
        if (Objects.equals(head, archive.parent())) {
            return document.withLine(LineageDocument.plus(document.history(), archive.listed()), document.forks());
        }
        Ancestry ancestry = Ancestry.of(document, tip, lookup::parentOf);
        List<Listed> history = new ArrayList<>(document.history().subList(0, ancestry.shared()));
        List<Fork> forks = new ArrayList<>(document.forks());
        ancestry.own().ifPresent(own -> {
            forks.remove(own);
            history.addAll(own.archives());
        });
        List<Listed> displaced =
                document.history().subList(ancestry.shared(), document.history().size());
        if (!displaced.isEmpty()) {
            String base = ancestry.shared() == 0
                    ? null
                    : document.history().get(ancestry.shared() - 1).name();
            forks.add(new Fork(base, lookup.ownerOf(displaced.getLast().name()), Fork.Why.DISPLACED, displaced));
        }
        history.add(archive.listed());
        return document.withLine(history, forks);
    }

    /// FORK: an archive by one who is not the holder (or no longer in its epoch) is listed beside the line.
    public static Step fork(
            LineageDocument document, String me, Archived archive, @Nullable String tip, Lookup lookup) {
        if (document.names(archive.name())) {
            return new Step.Done();
        }
        Ancestry ancestry = Ancestry.of(document, tip, lookup::parentOf);
        List<Fork> forks = new ArrayList<>(document.forks());
        Optional<Fork> own = ancestry.own();
        if (own.isPresent()) {
            forks.set(forks.indexOf(own.get()), own.get().with(archive.listed()));
        } else {
            String base = ancestry.shared() == 0
                    ? null
                    : document.history().get(ancestry.shared() - 1).name();
            forks.add(new Fork(base, me, Fork.Why.STANDBY, List.of(archive.listed())));
        }
        return new Step.Write(document.withLine(document.history(), forks));
    }

    /// ROLL: a whole archive on top of the head that was uploaded but not promoted (its holder died in between)
    /// becomes
    /// the head, on its holder's behalf.
    ///
    /// @param archives all `backup-*` directly below the prefix
    public static Step roll(LineageDocument document, List<Archived> archives) {
        String head = document.head().map(Listed::name).orElse(null);
        return archives.stream()
                .filter(each -> each.epoch() > 0
                        && each.epoch() == document.epoch()
                        && each.lineage().equals(document.lineage())
                        && Objects.equals(each.parent(), head)
                        && !document.names(each.name()))
                .findFirst()
                .<Step>map(orphan -> new Step.Write(
                        document.withLine(LineageDocument.plus(document.history(), orphan.listed()), document.forks())))
                .orElseGet(Step.Done::new);
    }

    /// SEAL: the holder ends with nothing unsaved, or with a final snapshot that a guard refused.
    public static Step seal(LineageDocument document, String me, @Nullable Refusal refused) {
        return document.isHeldBy(me) ? new Step.Write(document.withState(true, refused)) : new Step.Done();
    }

    /// The holder ends without a claim that everything is saved: open, with no holder, so that nobody waits for it.
    public static Step letGo(LineageDocument document, String me) {
        if (!document.isHeldBy(me)) {
            return new Step.Done();
        }
        LineageDocument open = new LineageDocument(
                document.lineage(),
                document.app(),
                document.epoch(),
                null,
                false,
                document.history(),
                document.forks(),
                false,
                document.holds(),
                document.deleting(),
                document.pin(),
                document.refused());
        return new Step.Write(open);
    }

    /// DOOM: names move from history to `deleting`, before any blob is deleted.
    ///
    /// @param minimum archives that must stay in history
    public static Step doom(LineageDocument document, String me, List<String> names, int minimum) {
        if (!document.isHeldBy(me)) {
            return new Step.Refused("only the holder prunes");
        }
        String head = document.head().map(Listed::name).orElse(null);
        Set<String> doomed = new HashSet<>(names);
        doomed.removeIf(
                name -> name.equals(head) || document.holds().contains(name) || document.indexInHistory(name) < 0);
        if (doomed.isEmpty()) {
            return new Step.Done();
        }
        List<Listed> left = document.history().stream()
                .filter(each -> !doomed.contains(each.name()))
                .toList();
        if (left.size() < Math.max(1, minimum)) {
            return new Step.Refused("that would leave fewer than " + minimum + " archives");
        }
        List<String> deleting = new ArrayList<>(document.deleting());
        deleting.addAll(doomed.stream().sorted().toList());
        return new Step.Write(document.withLine(left, document.forks()).withDeleting(deleting));
    }

    /// Drops names from `deleting` whose blobs are gone.
    public static Step deleted(LineageDocument document, Set<String> gone) {
        List<String> left = document.deleting().stream()
                .filter(name -> !gone.contains(name))
                .toList();
        return left.size() == document.deleting().size()
                ? new Step.Done()
                : new Step.Write(document.withDeleting(left));
    }

    /// `promote` by hand, after a claim by hand: a fork's slice up to `name`, or a suspect under its full name,
    /// becomes
    /// the head's line. Sealed, since nobody writes.
    ///
    /// @param suspect metadata of the archive where it is not listed in a fork
    public static Step promoteByHand(
            LineageDocument document, String me, String name, Optional<Archived> suspect, Lookup lookup) {
        if (document.indexInHistory(name) == document.history().size() - 1
                && !document.history().isEmpty()) {
            return new Step.Done();
        }
        if (!document.isHeldBy(me)) {
            return new Step.Refused("not the holder");
        }
        Optional<Fork> fork = document.forks().stream()
                .filter(each -> each.archives().stream()
                        .anyMatch(archive -> archive.name().equals(name)))
                .findFirst();
        if (fork.isEmpty() && suspect.isEmpty()) {
            return new Step.Refused("there is no fork or suspect of that name");
        }
        String from = fork.isPresent() ? fork.get().base() : suspect.get().parent();
        Ancestry ancestry = Ancestry.of(document, from, lookup::parentOf);
        List<Listed> history = new ArrayList<>(document.history().subList(0, ancestry.shared()));
        List<Fork> forks = new ArrayList<>(document.forks());
        String base = history.isEmpty() ? null : history.getLast().name();
        List<Listed> displaced =
                document.history().subList(ancestry.shared(), document.history().size());
        if (fork.isPresent()) {
            takeIn(fork.get(), name, history, forks);
        } else {
            history.add(suspect.get().listed());
        }
        if (!displaced.isEmpty()) {
            forks.add(new Fork(base, lookup.ownerOf(displaced.getLast().name()), Fork.Why.DISPLACED, displaced));
        }
        return new Step.Write(document.withLine(history, forks).withState(true, null));
    }

    private static void takeIn(Fork fork, String name, List<Listed> history, List<Fork> forks) {
        forks.remove(fork);
        List<Listed> rest = new ArrayList<>();
        boolean beyond = false;
        for (Listed archive : fork.archives()) {
            (beyond ? rest : history).add(archive);
            beyond |= archive.name().equals(name);
        }
        if (!rest.isEmpty()) {
            forks.add(new Fork(name, fork.owner(), fork.why(), rest));
        }
    }

    /// What transitions need to know of existing blobs.
    public interface Lookup {
        /// Parent in the metadata of an existing blob; null where either isn't known.
        @Nullable
        String parentOf(String name);

        /// Owner in the metadata of an existing blob; `"unknown"` where it isn't known.
        String ownerOf(String name);

        static Lookup of(Function<String, Optional<Archived>> find) {
            return new Lookup() {
                @Override
                public @Nullable String parentOf(String name) {
                    return find.apply(name).map(Archived::parent).orElse(null);
                }

                @Override
                public String ownerOf(String name) {
                    return find.apply(name).map(Archived::owner).orElse("unknown");
                }
            };
        }
    }
}
