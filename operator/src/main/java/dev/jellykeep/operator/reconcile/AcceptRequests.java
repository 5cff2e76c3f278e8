package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.status.ProtectedRule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A refused snapshot that a person says is right, by annotation: the replica that made it, and still runs, is asked to
/// make it the head.
final class AcceptRequests {
    static final String ANNOTATION = "jellykeep.dev/accept";
    static final String KIND = "accept";

    private static final int LONGEST = 256;

    private AcceptRequests() {}

    /// What became of it, and what is to be written.
    record Handled(List<RequestStatus> requests, List<Consumer<AgentRequests>> writes, List<Note> notes) {
        boolean isOpen() {
            return requests.stream().anyMatch(each -> each.result().equals(BackupRequests.ASKED));
        }
    }

    /// How old a look at Blob may be that answers; empty where nothing is asked, or all is answered.
    static Optional<Duration> freshness(PolicyView policy) {
        String name = name(policy);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return before(policy, name)
                .map(known -> known.result().equals(BackupRequests.ASKED)
                        ? Optional.of(Pace.SOON.dividedBy(2))
                        : Optional.<Duration>empty())
                .orElse(Optional.of(Duration.ZERO));
    }

    private static String name(PolicyView policy) {
        String given = policy.annotations().getOrDefault(ANNOTATION, "").strip();
        return given.length() > LONGEST ? given.substring(0, LONGEST) : given;
    }

    private static Optional<RequestStatus> before(PolicyView policy, String name) {
        return policy.status() == null
                ? Optional.empty()
                : policy.status().requests().stream()
                        .filter(each -> each.kind().equals(KIND) && each.value().equals(name))
                        .findFirst();
    }

    /// @param shut why nothing may be written into the folder; empty: it may
    static Handled handle(PolicyView policy, ArchivesView archives, Optional<String> shut, Instant now) {
        String name = name(policy);
        if (name.isEmpty()) {
            return new Handled(List.of(), List.of(), List.of());
        }
        Optional<RequestStatus> before = before(policy, name);
        if (before.filter(each -> !each.result().equals(BackupRequests.ASKED)).isPresent()) {
            return new Handled(List.of(before.get()), List.of(), List.of());
        }
        List<Consumer<AgentRequests>> writes = new ArrayList<>();
        RequestStatus status = shut.isPresent()
                ? ended(name, "refused: " + shut.get(), now)
                : archives instanceof ArchivesView.Seen seen && seen.document().isPresent()
                        ? seen(name, seen, seen.document().get(), now, writes)
                        : asked(name);
        List<Note> notes = status.result().equals(BackupRequests.ASKED)
                ? List.of()
                : List.of(
                        new Note(!status.result().equals("promoted"), "AcceptAnswered", name + ": " + status.result()));
        return new Handled(List.of(status), writes, notes);
    }

    private static RequestStatus seen(
            String name,
            ArchivesView.Seen seen,
            LineageDocument document,
            Instant now,
            List<Consumer<AgentRequests>> writes) {
        if (document.indexInHistory(name) >= 0) {
            return ended(name, "promoted", now);
        }
        Optional<ReplicaReport.Answer> answer = seen.answer(new Accept(name).request());
        if (answer.isPresent()) {
            return new RequestStatus(
                    KIND,
                    name,
                    answer.get().result(),
                    answer.get().archive(),
                    answer.get().at().truncatedTo(ChronoUnit.SECONDS).toString());
        }
        if (seen.catalogue().suspects().stream()
                .noneMatch(item -> item.blob().name().equals(name))) {
            return ended(name, "refused: there is no such suspect; see `jellykeep forks`", now);
        }
        if (!seen.anyoneAlive(ProtectedRule.heardOf())) {
            return ended(name, "NoReplica: run `jellykeep promote " + name + "` while the app is at zero", now);
        }
        if (!name.equals(seen.told().accept())) {
            writes.add(requests -> requests.askAccept(new Accept(name)));
        }
        return asked(name);
    }

    private static RequestStatus asked(String name) {
        return new RequestStatus(KIND, name, BackupRequests.ASKED, null, null);
    }

    private static RequestStatus ended(String name, String result, Instant now) {
        return new RequestStatus(
                KIND, name, result, null, now.truncatedTo(ChronoUnit.SECONDS).toString());
    }
}
