package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.Mode;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a policy asks of its agents through Blob: backups, and pauses.
///
/// @param open something is still to be asked or answered
record Asking(List<RequestStatus> requests, List<Note> notes, boolean open) {
    Asking {
        requests = List.copyOf(requests);
        notes = List.copyOf(notes);
    }

    /// Writes what is to be asked, if this operator may.
    static Asking of(PolicyView policy, Situation now, Folder folder, Instant at, boolean mayWrite) {
        Optional<String> shut = shut(policy, now.archives(), now.appId());
        ArchivesView archives = Stream.of(
                        BackupRequests.freshness(policy),
                        AcceptRequests.freshness(policy),
                        DrillRequests.freshness(policy))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .map(folder::look)
                .orElse(now.archives());
        BackupRequests.Handled handled = BackupRequests.handle(policy, archives, shut, at);
        RestoreRequests.Handled restore = RestoreRequests.handle(policy, now.archives(), shut, at);
        AcceptRequests.Handled accept = AcceptRequests.handle(policy, archives, shut, at);
        DrillRequests.Handled drill = DrillRequests.handle(policy, archives, shut, at);
        Optional<String> yields = Yielding.who(now.archives(), now.running(), at);
        List<Note> notes = new ArrayList<>();
        boolean written = true;
        if (mayWrite && shut.isEmpty()) {
            try {
                write(policy.spec().suspend(), now.archives(), handled.ask(), folder);
                restore.writes().forEach(folder::ask);
                accept.writes().forEach(folder::ask);
                drill.writes().forEach(folder::ask);
                yields.ifPresent(replica -> {
                    folder.ask(requests -> requests.askYield(replica));
                    notes.add(new Note(
                            true,
                            "YieldAsked",
                            "replica " + replica + " held the lineage although its revision is inactive: it was asked"
                                    + " to leave it to the one that serves"));
                });
            } catch (StoreException e) {
                notes.add(new Note(true, "RequestFailed", String.valueOf(e.getMessage())));
                written = false;
            }
        }
        notes.addAll(handled.notes());
        notes.addAll(restore.notes());
        notes.addAll(accept.notes());
        notes.addAll(drill.notes());
        List<RequestStatus> requests = new ArrayList<>(handled.requests());
        requests.addAll(restore.requests());
        requests.addAll(accept.requests());
        requests.addAll(drill.requests());
        return new Asking(requests, notes, handled.isOpen() || accept.isOpen() || drill.isOpen() || !written);
    }

    private static void write(boolean suspend, ArchivesView archives, List<String> backups, Folder folder) {
        if (archives instanceof ArchivesView.Seen seen && seen.document().isPresent() && seen.suspended() != suspend) {
            folder.ask(requests -> requests.suspend(suspend));
        }
        for (String value : backups) {
            folder.ask(requests -> requests.askBackup(value));
        }
    }

    /// Why nothing may be written into the folder; empty: it may.
    static Optional<String> shut(PolicyView policy, ArchivesView archives, String app) {
        if (policy.spec().mode() == Mode.PLAN) {
            return Optional.of("mode is Plan, which asks for nothing; set mode: Enforce, and ask with a new value");
        }
        return archives instanceof ArchivesView.Seen seen
                ? seen.document()
                        .map(document -> document.app())
                        .filter(owner -> !owner.equalsIgnoreCase(app))
                        .map(owner -> "the archives belong to " + owner
                                + "; choose another container or prefix, and ask with a new value")
                : Optional.empty();
    }
}
