package dev.jellykeep.contract.lineage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The protocol's transitions as pure functions of the document that was read; protocol §4. After a refused
/// or unknown swap the caller reads again and calls the same function again: `Done` is how one sees that it
/// had worked.
public final class Transitions {
    private static final Lookup NOTHING = Lookup.of(_ -> Optional.empty());

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

    /// ASK: a new replica wants the holder to back up at once. Asking twice is asking once.
    ///
    /// @return refused where nobody alive would answer
    public static Step ask(LineageDocument document, String me, boolean holderStale) {
        if (Standing.of(document, me, holderStale) != Standing.OTHER) {
            return new Step.Refused("no other replica holds the lineage");
        }
        return document.asked() ? new Step.Done() : new Step.Write(document.withAsked(true));
    }

    /// ANSWER: the holder has nothing to save, or a guard refused it. A promotion or seal answers by
    /// itself.
    public static Step answer(LineageDocument document, String me) {
        if (!document.asked()) {
            return new Step.Done();
        }
        return document.isHeldBy(me) ? new Step.Write(document.withAsked(false)) : new Step.Refused("not the holder");
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

    /// PROMOTE: the holder's archive becomes the head. Where the line of `tip` isn't the head's, the rest
    /// of history becomes a fork entry, and the line's own fork slice is taken in.
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
        LineageDocument longer = Splice.head(document, archive, tip, lookup).withState(seal, null);
        return new Step.Write(consuming(longer, pinToken));
    }

    private static LineageDocument consuming(LineageDocument document, @Nullable String pinToken) {
        return pinToken == null || pinToken.equals(document.pin()) ? document : document.withConsumedPin(pinToken);
    }

    /// FORK: an archive by one who is not the holder (or no longer in its epoch) is listed beside the line.
    public static Step fork(
            LineageDocument document, String me, Archived archive, @Nullable String tip, Lookup lookup) {
        if (document.names(archive.name())) {
            return new Step.Done();
        }
        return new Step.Write(Splice.beside(document, me, archive, tip, lookup));
    }

    /// ROLL: a whole archive on top of the head that was uploaded but not promoted (its holder died in
    /// between) becomes the head, on its holder's behalf: the pin that its replica had restored is consumed
    /// too.
    ///
    /// @param archives all `backup-*` directly below the prefix
    public static Step roll(LineageDocument document, List<Archived> archives) {
        String head = document.head().map(Listed::name).orElse(null);
        long next = Listed.sequenceAfter(document.head().map(Listed::sequence).orElse(0L));
        String holder = document.holder();
        return archives.stream()
                .filter(each -> each.epoch() > 0
                        && each.epoch() == document.epoch()
                        && (holder == null || holder.equals(each.owner()))
                        && each.lineage().equals(document.lineage())
                        && Objects.equals(each.parent(), head)
                        && (head == null || each.sequence() == next)
                        && !document.names(each.name()))
                .max(Comparator.comparing(Archived::name))
                .<Step>map(orphan ->
                        new Step.Write(consuming(Splice.head(document, orphan, head, NOTHING), orphan.pinToken())))
                .orElseGet(Step.Done::new);
    }

    /// HOLD: prune keeps an archive while a pinned restore reads it.
    ///
    /// @param token the pin's; one that was consumed holds nothing
    public static Step hold(LineageDocument document, String name, String token) {
        if (token.equals(document.pin())) {
            return new Step.Refused("that pin has been consumed");
        }
        if (document.holds().contains(name)) {
            return new Step.Done();
        }
        if (document.deleting().contains(name) || !document.names(name)) {
            return new Step.Refused(name + " is being deleted or isn't listed");
        }
        return new Step.Write(document.withHolds(LineageDocument.plus(document.holds(), name)));
    }

    /// SEAL: the holder ends with nothing unsaved, or with a final snapshot that a guard refused.
    public static Step seal(LineageDocument document, String me, @Nullable Refusal refused) {
        return document.isHeldBy(me) ? new Step.Write(document.withState(true, refused)) : new Step.Done();
    }

    /// The holder ends without a claim that everything is saved: open, with no holder, so that nobody waits
    /// for it.
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

    /// DISCARD: a person has no use for a whole fork, or for one archive that the document doesn't name: the names move
    /// to `deleting`, before any blob is deleted.
    ///
    /// @param names a fork's archives as they were seen, oldest first; or the one archive that isn't named
    public static Step discard(LineageDocument document, List<String> names) {
        if (names.stream().anyMatch(document.holds()::contains)) {
            return new Step.Refused("a restore uses it");
        }
        List<Fork> left = new ArrayList<>(document.forks());
        boolean wasFork = left.removeIf(
                fork -> fork.archives().stream().map(Listed::name).toList().equals(names));
        if (!wasFork && document.listed().map(Listed::name).anyMatch(names::contains)) {
            return new Step.Refused("it has changed meanwhile");
        }
        if (document.deleting().containsAll(names)) {
            return new Step.Done();
        }
        List<String> deleting = new ArrayList<>(document.deleting());
        names.stream().filter(name -> !deleting.contains(name)).forEach(deleting::add);
        return new Step.Write(document.withLine(document.history(), left).withDeleting(deleting));
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

    /// `promote` by hand, after a claim by hand: a fork's slice up to `name`, or a suspect under its full
    /// name, becomes the head's line. Sealed, since nobody writes. The head itself is only sealed.
    ///
    /// @param suspect metadata of the archive where it is not listed in a fork
    public static Step promoteByHand(
            LineageDocument document, String me, String name, Optional<Archived> suspect, Lookup lookup) {
        if (document.head().filter(head -> head.name().equals(name)).isPresent()) {
            return seal(document, me, null);
        }
        if (!document.isHeldBy(me)) {
            return new Step.Refused("not the holder");
        }
        if (document.indexInHistory(name) >= 0) {
            return new Step.Refused(name + " is in the head's history: restore it by a pin");
        }
        if (document.deleting().contains(name)) {
            return new Step.Refused(name + " is being deleted");
        }
        Optional<Fork> fork = document.forks().stream()
                .filter(each -> each.archives().stream()
                        .anyMatch(archive -> archive.name().equals(name)))
                .findFirst();
        if (fork.isEmpty() && suspect.isEmpty()) {
            return new Step.Refused("there is no fork or suspect of that name");
        }
        LineageDocument promoted = fork.isPresent()
                ? Splice.slice(document, fork.get(), name, lookup)
                : Splice.head(document, suspect.get(), suspect.get().parent(), lookup);
        return new Step.Write(promoted.withState(true, null));
    }

    /// ACCEPT: a person overrules the guard that had refused the holder's own snapshot: it becomes the head, under its
    /// full name, exempt from the epoch rule.
    ///
    /// @param suspect metadata of the snapshot
    public static Step accept(LineageDocument document, String me, Archived suspect) {
        if (document.names(suspect.name())) {
            return document.deleting().contains(suspect.name())
                    ? new Step.Refused(suspect.name() + " is being deleted")
                    : new Step.Done();
        }
        if (!document.isHeldBy(me)) {
            return new Step.Refused("not the holder");
        }
        if (!suspect.owner().equals(me)) {
            return new Step.Refused("another replica made it, whose data this one has not");
        }
        if (!Objects.equals(suspect.parent(), document.head().map(Listed::name).orElse(null))) {
            return new Step.Refused("the head has moved on since it was made");
        }
        return new Step.Write(Splice.head(document, suspect, suspect.parent(), NOTHING));
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
