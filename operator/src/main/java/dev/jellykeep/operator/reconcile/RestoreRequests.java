package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.api.RestoreRequest;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Note;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The restore that a policy asks for once, in `restore.request`. Each token is put into `control/restore.json` once,
/// ever; that the document names it as its last pin says that it was done.
final class RestoreRequests {
    static final String KIND = "restore";
    private static final String RESTORED = "restored";
    private static final String TAKEN_BACK = "TakenBack";

    private RestoreRequests() {}

    /// What became of it, and what is to be written.
    record Handled(List<RequestStatus> requests, List<Consumer<AgentRequests>> writes, List<Note> notes) {}

    /// @param shut why nothing may be written into the folder; empty: it may
    static Handled handle(PolicyView policy, ArchivesView archives, Optional<String> shut, Instant now) {
        RestoreRequest wish = policy.spec().restore().request();
        List<Consumer<AgentRequests>> writes = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        Optional<RequestStatus> before = before(policy);
        if (wish == null) {
            if (archives instanceof ArchivesView.Seen seen && isOurs(seen.told().restore(), seen)) {
                writes.add(AgentRequests::takeRestoreBack);
                notes.add(new Note(
                        false,
                        "RestoreTakenBack",
                        "the restore of "
                                + before.map(RequestStatus::archive).orElse("an older archive")
                                + " is no longer asked for: the next cold start restores the head"));
            }
            return new Handled(List.of(), writes, notes);
        }
        RequestStatus known =
                before.filter(each -> each.value().equals(wish.token())).orElse(null);
        RequestStatus status = known != null && isFinal(known)
                ? known
                : shut.isPresent()
                        ? refused(wish, shut.get())
                        : archives instanceof ArchivesView.Seen seen
                                        && seen.document().isPresent()
                                ? seen(wish, seen, seen.document().get(), now, writes)
                                : known == null ? asked(wish) : known;
        if (known == null || !known.result().equals(status.result())) {
            notes.add(note(status));
        }
        return new Handled(List.of(status), writes, notes);
    }

    private static Optional<RequestStatus> before(PolicyView policy) {
        return policy.status() == null
                ? Optional.empty()
                : policy.status().requests().stream()
                        .filter(each -> each.kind().equals(KIND))
                        .findFirst();
    }

    private static boolean isFinal(RequestStatus status) {
        return status.result().equals(RESTORED) || status.result().startsWith(TAKEN_BACK);
    }

    /// Put by an operator for a policy, and not done yet.
    private static boolean isOurs(@Nullable Pin pin, ArchivesView.Seen seen) {
        return pin != null
                && seen.control().contains(AgentRequests.restore(pin.token()))
                && seen.document().filter(pin::isOpen).isPresent();
    }

    private static RequestStatus seen(
            RestoreRequest wish,
            ArchivesView.Seen seen,
            LineageDocument document,
            Instant now,
            List<Consumer<AgentRequests>> writes) {
        boolean marked = seen.control().contains(AgentRequests.restore(wish.token()));
        if (wish.token().equals(document.pin())) {
            if (!marked) {
                writes.add(requests -> requests.restoreAsked(wish.token()));
            }
            return new RequestStatus(KIND, wish.token(), RESTORED, wish.backup(), time(now));
        }
        Pin lies = seen.told().restore();
        if (marked) {
            return lies != null && lies.token().equals(wish.token())
                    ? asked(wish)
                    : new RequestStatus(
                            KIND,
                            wish.token(),
                            TAKEN_BACK + ": somebody took it back, or asked for another archive; ask with a new token",
                            wish.backup(),
                            time(now));
        }
        boolean there = seen.catalogue().find(wish.backup()).isPresent()
                || seen.catalogue().isLegacyFolder(wish.backup());
        if (!there || !document.names(wish.backup()) || document.deleting().contains(wish.backup())) {
            return refused(wish, "the lineage holds no archive " + wish.backup() + "; see `jellykeep list`");
        }
        writes.add(requests -> requests.askRestore(new Pin(wish.backup(), wish.token(), wish.accept())));
        return asked(wish);
    }

    private static RequestStatus asked(RestoreRequest wish) {
        return new RequestStatus(KIND, wish.token(), BackupRequests.ASKED, wish.backup(), null);
    }

    private static RequestStatus refused(RestoreRequest wish, String why) {
        return new RequestStatus(KIND, wish.token(), "refused: " + why, wish.backup(), null);
    }

    private static Note note(RequestStatus status) {
        return switch (status.result()) {
            case BackupRequests.ASKED ->
                new Note(
                        false,
                        "RestoreAsked",
                        "the next cold start restores " + status.archive()
                                + ", once: let the app scale to zero, or restart its revision");
            case RESTORED ->
                new Note(
                        false,
                        "RestoreCompleted",
                        status.archive() + " was restored as asked, and has been saved since: later cold starts restore"
                                + " what is written now; what was gone back from is a fork");
            default -> new Note(true, "RestoreNotDone", "restore of " + status.archive() + ": " + status.result());
        };
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
