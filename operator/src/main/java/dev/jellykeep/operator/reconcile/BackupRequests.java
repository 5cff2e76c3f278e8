package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Backups that people and pipelines ask for: the annotation and `trigger.backup`. A value counts once, ever.
final class BackupRequests {
    static final String ANNOTATION = "jellykeep.dev/backup-requested";

    /// What asks, in status.
    static final String KIND = "backup";

    static final String ASKED = "Asked";

    /// As many as the schema lets `trigger.backup` have.
    private static final int LONGEST = 128;

    private BackupRequests() {}

    /// What became of the requests, and what is to be asked now.
    ///
    /// @param ask values to put into `control/`
    record Handled(List<RequestStatus> requests, List<String> ask, List<Note> notes) {
        boolean isOpen() {
            return requests.stream().anyMatch(each -> each.result().equals(ASKED));
        }
    }

    /// How old a look at Blob may be that answers the requests; empty where all have been answered. One that is new may
    /// come from somebody who has woken the server a moment ago.
    static Optional<Duration> freshness(PolicyView policy) {
        Set<String> unanswered =
                values(policy).stream().map(BackupRequests::shown).collect(Collectors.toCollection(LinkedHashSet::new));
        before(policy).stream()
                .filter(each -> !each.result().equals(ASKED))
                .map(RequestStatus::value)
                .forEach(unanswered::remove);
        if (unanswered.isEmpty()) {
            return Optional.empty();
        }
        Set<String> asked = before(policy).stream().map(RequestStatus::value).collect(Collectors.toSet());
        return Optional.of(asked.containsAll(unanswered) ? Pace.SOON.dividedBy(2) : Duration.ZERO);
    }

    /// @param shut why nothing may be written into the folder; empty: it may
    static Handled handle(PolicyView policy, ArchivesView archives, Optional<String> shut, Instant now) {
        List<RequestStatus> before = before(policy);
        List<RequestStatus> requests = new ArrayList<>();
        List<String> ask = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        for (String given : values(policy)) {
            boolean tooLong = given.length() > LONGEST;
            String value = shown(given);
            Optional<RequestStatus> known =
                    before.stream().filter(each -> each.value().equals(value)).findFirst();
            if (known.filter(each -> !each.result().equals(ASKED)).isPresent()) {
                requests.add(known.get());
                continue;
            }
            Optional<String> refused = tooLong ? Optional.of("a value has at most " + LONGEST + " characters") : shut;
            RequestStatus status = refused.isPresent()
                    ? new RequestStatus(KIND, value, "refused: " + refused.get(), null, time(now))
                    : archives instanceof ArchivesView.Seen seen
                            ? answered(value, seen, now, ask)
                            : new RequestStatus(KIND, value, ASKED, null, null);
            requests.add(status);
            if (!status.result().equals(ASKED)) {
                notes.add(new Note(
                        status.result().startsWith("NoReplica")
                                || status.result().startsWith("refused"),
                        "BackupAnswered",
                        "backup " + value + ": " + status.result()
                                + (status.archive() == null ? "" : ", " + status.archive())));
            }
        }
        return new Handled(requests, ask, notes);
    }

    private static List<RequestStatus> before(PolicyView policy) {
        return policy.status() == null
                ? List.of()
                : policy.status().requests().stream()
                        .filter(each -> each.kind().equals(KIND))
                        .toList();
    }

    private static String shown(String given) {
        return given.length() > LONGEST ? given.substring(0, LONGEST) : given;
    }

    private static Set<String> values(PolicyView policy) {
        Set<String> values = new LinkedHashSet<>();
        String annotated = policy.annotations().get(ANNOTATION);
        if (annotated != null && !annotated.isBlank()) {
            values.add(annotated);
        }
        var trigger = policy.spec().trigger();
        if (trigger != null && trigger.backup() != null) {
            values.add(trigger.backup());
        }
        return values;
    }

    private static RequestStatus answered(String value, ArchivesView.Seen seen, Instant now, List<String> ask) {
        String request = AgentRequests.backup(value);
        Optional<ReplicaReport.Answer> answer = seen.answer(request);
        if (answer.isPresent()) {
            return new RequestStatus(
                    KIND,
                    value,
                    answer.get().result(),
                    answer.get().archive(),
                    time(answer.get().at()));
        }
        if (!seen.anyoneAlive(ProtectedRule.heardOf())) {
            return nobody(value, seen, now);
        }
        if (!seen.control().contains(request)) {
            ask.add(value);
        }
        return new RequestStatus(KIND, value, ASKED, null, null);
    }

    /// At zero replicas nobody would answer.
    private static RequestStatus nobody(String value, ArchivesView.Seen seen, Instant now) {
        Optional<String> head = seen.document()
                .filter(LineageDocument::sealed)
                .flatMap(LineageDocument::head)
                .map(Listed::name);
        return head.isPresent()
                ? new RequestStatus(KIND, value, "AlreadySealed", head.get(), time(now))
                : new RequestStatus(
                        KIND,
                        value,
                        "NoReplica: open the app's address once to wake it, then ask with a new value",
                        null,
                        time(now));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
