package dev.jellykeep.contract.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `lineage.json`: the single line of history of one app's data. Written only with `If-Match`; protocol §2.
///
/// @param lineage identity of the line
/// @param app lower-cased resource id of the app that owns it; null until the first agent that knows it
/// @param epoch rises with every claim
/// @param holder replica that may extend the line; null: nobody
/// @param sealed true: the holder ended and nothing of its data is missing here
/// @param history archives of the head's line that still exist, oldest first; the head is the last
/// @param forks what left the line
/// @param asked a hand-off is wanted
/// @param holds archives that a running pinned restore uses
/// @param deleting archives that prune has doomed and may delete
/// @param pin last consumed pin token
/// @param refused the final snapshot was refused by a guard
public record LineageDocument(
        UUID lineage,
        @Nullable String app,
        long epoch,
        @Nullable String holder,
        boolean sealed,
        List<Listed> history,
        List<Fork> forks,
        boolean asked,
        List<String> holds,
        List<String> deleting,
        @Nullable String pin,
        @Nullable Refusal refused) {

    /// The only format this version writes, and the newest it reads.
    public static final int FORMAT = 1;

    public LineageDocument {
        history = List.copyOf(history);
        forks = List.copyOf(forks);
        holds = List.copyOf(holds);
        deleting = List.copyOf(deleting);
    }

    /// The document of a new installation: sealed, no holder, no head.
    public static LineageDocument fresh(UUID lineage, @Nullable String app) {
        return new LineageDocument(
                lineage, app, 0, null, true, List.of(), List.of(), false, List.of(), List.of(), null, null);
    }

    public Optional<Listed> head() {
        return history.isEmpty() ? Optional.empty() : Optional.of(history.getLast());
    }

    /// Open and held by `replica`.
    public boolean isHeldBy(String replica) {
        return !sealed && replica.equals(holder);
    }

    /// Every archive that the document names in history or forks.
    public Stream<Listed> listed() {
        return Stream.concat(history.stream(), forks.stream().flatMap(fork -> fork.archives().stream()));
    }

    /// Named anywhere, also as doomed.
    public boolean names(String archive) {
        return deleting.contains(archive)
                || listed().anyMatch(each -> each.name().equals(archive));
    }

    /// History and forks are empty. Whether the listing holds something adoptable, only the listing tells.
    public boolean hasNoArchives() {
        return history.isEmpty() && forks.isEmpty();
    }

    /// Place of `archive` in history, or -1.
    public int indexInHistory(@Nullable String archive) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).name().equals(archive)) {
                return i;
            }
        }
        return -1;
    }

    public LineageDocument withHolder(String replica, long newEpoch) {
        return new LineageDocument(
                lineage, app, newEpoch, replica, false, history, forks, asked, holds, deleting, pin, refused);
    }

    public LineageDocument withApp(@Nullable String resourceId) {
        return new LineageDocument(
                lineage, resourceId, epoch, holder, sealed, history, forks, asked, holds, deleting, pin, refused);
    }

    public LineageDocument withLine(List<Listed> newHistory, List<Fork> newForks) {
        return new LineageDocument(
                lineage, app, epoch, holder, sealed, newHistory, newForks, asked, holds, deleting, pin, refused);
    }

    public LineageDocument withAsked(boolean wanted) {
        return new LineageDocument(
                lineage, app, epoch, holder, sealed, history, forks, wanted, holds, deleting, pin, refused);
    }

    public LineageDocument withHolds(List<String> names) {
        return new LineageDocument(
                lineage, app, epoch, holder, sealed, history, forks, asked, names, deleting, pin, refused);
    }

    public LineageDocument withDeleting(List<String> names) {
        return new LineageDocument(
                lineage, app, epoch, holder, sealed, history, forks, asked, holds, names, pin, refused);
    }

    /// Sealed or open, with the hand-off answered.
    public LineageDocument withState(boolean isSealed, @Nullable Refusal refusal) {
        return new LineageDocument(
                lineage, app, epoch, holder, isSealed, history, forks, false, holds, deleting, pin, refusal);
    }

    public LineageDocument withConsumedPin(String token) {
        return new LineageDocument(
                lineage, app, epoch, holder, sealed, history, forks, asked, List.of(), deleting, token, refused);
    }

    static <T> List<T> plus(List<T> items, T item) {
        List<T> longer = new ArrayList<>(items);
        longer.add(item);
        return longer;
    }
}
