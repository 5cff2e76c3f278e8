package dev.jellykeep.operator.reconcile;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.schedule.Cron;
import dev.jellykeep.operator.api.DrillSpec;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Drills that people and pipelines ask for, and those of the schedule. A value counts once, ever; the schedule's are
/// asked for only while somebody runs who would answer.
final class DrillRequests {
    static final String ANNOTATION = "jellykeep.dev/drill-requested";
    static final String KIND = "drill";

    private static final int LONGEST = 128;

    private DrillRequests() {}

    /// What became of them, and what is to be written.
    record Handled(List<RequestStatus> requests, List<Consumer<AgentRequests>> writes, List<Note> notes) {
        boolean isOpen() {
            return requests.stream().anyMatch(each -> each.result().equals(BackupRequests.ASKED));
        }
    }

    /// The schedule, if there is one and it can be read.
    static Optional<ParsedText<Cron>> schedule(PolicyView policy) {
        DrillSpec drill = policy.spec().drill();
        return Optional.ofNullable(drill == null ? null : drill.schedule()).map(Cron::parse);
    }

    /// How old a look at Blob may be that answers; empty where all is answered.
    static Optional<Duration> freshness(PolicyView policy) {
        List<RequestStatus> before = before(policy);
        boolean open = false;
        for (String value : values(policy)) {
            Optional<RequestStatus> known =
                    before.stream().filter(each -> each.value().equals(value)).findFirst();
            if (known.isEmpty()) {
                return Optional.of(Duration.ZERO);
            }
            open |= known.get().result().equals(BackupRequests.ASKED);
        }
        return open ? Optional.of(Pace.SOON.dividedBy(2)) : Optional.empty();
    }

    /// @param shut why nothing may be written into the folder; empty: it may
    static Handled handle(PolicyView policy, ArchivesView archives, Optional<String> shut, Instant now) {
        List<RequestStatus> before = before(policy);
        List<RequestStatus> requests = new ArrayList<>();
        List<Consumer<AgentRequests>> writes = new ArrayList<>();
        List<Note> notes = new ArrayList<>();
        for (String value : values(policy)) {
            Optional<RequestStatus> known =
                    before.stream().filter(each -> each.value().equals(value)).findFirst();
            if (known.filter(each -> !each.result().equals(BackupRequests.ASKED))
                    .isPresent()) {
                requests.add(known.get());
                continue;
            }
            RequestStatus status = shut.isPresent()
                    ? new RequestStatus(KIND, value, "refused: " + shut.get(), null, time(now))
                    : archives instanceof ArchivesView.Seen seen
                            ? seen(value, known, seen, writes)
                            : asked(value, known, now);
            requests.add(status);
            if (!status.result().equals(BackupRequests.ASKED)) {
                notes.add(new Note(
                        !status.result().startsWith("proven"),
                        status.result().startsWith("failed") ? "DrillFailed" : "DrillAnswered",
                        "drill " + value + ": " + status.result()
                                + (status.archive() == null ? "" : ", " + status.archive())));
            }
        }
        if (shut.isEmpty() && archives instanceof ArchivesView.Seen seen) {
            scheduled(policy, seen).ifPresent(value -> writes.add(asking -> asking.askDrill(value)));
        }
        return new Handled(requests, writes, notes);
    }

    /// The value that asks for the drill that is due; empty where none is, or nobody would answer.
    private static Optional<String> scheduled(PolicyView policy, ArchivesView.Seen seen) {
        if (!seen.anyoneAlive(ProtectedRule.heardOf())
                || seen.document().filter(document -> !document.sealed()).isEmpty()) {
            return Optional.empty();
        }
        return schedule(policy)
                .flatMap(parsed -> parsed instanceof ParsedText.Ok<Cron>(Cron cron)
                        ? cron.lastBefore(seen.at())
                        : Optional.empty())
                .filter(due -> due.isAfter(policy.created()))
                .filter(due -> seen.told().proven() == null
                        || Objects.requireNonNull(seen.told().proven()).isBefore(due))
                .map(due -> "schedule-" + due)
                .filter(value -> !seen.control().contains(AgentRequests.drill(value)));
    }

    private static List<RequestStatus> before(PolicyView policy) {
        return policy.status() == null
                ? List.of()
                : policy.status().requests().stream()
                        .filter(each -> each.kind().equals(KIND))
                        .toList();
    }

    private static Set<String> values(PolicyView policy) {
        Set<String> values = new LinkedHashSet<>();
        String annotated = policy.annotations().getOrDefault(ANNOTATION, "").strip();
        if (!annotated.isEmpty()) {
            values.add(annotated.length() > LONGEST ? annotated.substring(0, LONGEST) : annotated);
        }
        var trigger = policy.spec().trigger();
        if (trigger != null && trigger.drill() != null) {
            values.add(trigger.drill());
        }
        return values;
    }

    private static RequestStatus seen(
            String value, Optional<RequestStatus> known, ArchivesView.Seen seen, List<Consumer<AgentRequests>> writes) {
        String request = AgentRequests.drill(value);
        Optional<ReplicaReport.Answer> answer = seen.answer(request);
        if (answer.isPresent()) {
            return new RequestStatus(
                    KIND,
                    value,
                    answer.get().result(),
                    answer.get().archive(),
                    time(answer.get().at()));
        }
        Instant proven = seen.told().proven();
        Instant since = known.map(RequestStatus::at).map(Instant::parse).orElse(null);
        var proof = seen.told().proof();
        if (since != null && proven != null && proof != null && proven.isAfter(since)) {
            return new RequestStatus(
                    KIND,
                    value,
                    (proof.good() ? "proven" : "failed: " + proof.detail()) + " by "
                            + proof.how().wireName(),
                    proof.archive(),
                    time(proven));
        }
        if (!seen.anyoneAlive(ProtectedRule.heardOf())) {
            return new RequestStatus(
                    KIND,
                    value,
                    "NoReplica: open the app's address once, which proves as much, or run `jellykeep verify`",
                    null,
                    time(seen.at()));
        }
        if (!seen.control().contains(request)) {
            writes.add(asking -> asking.askDrill(value));
        }
        return asked(value, known, seen.at());
    }

    private static RequestStatus asked(String value, Optional<RequestStatus> known, Instant now) {
        return new RequestStatus(
                KIND,
                value,
                BackupRequests.ASKED,
                null,
                known.map(RequestStatus::at).orElse(time(now)));
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
