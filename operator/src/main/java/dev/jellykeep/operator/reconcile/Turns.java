package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.api.PolicyCondition;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Note;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What turned for the worse between two statuses, or back, for events.
final class Turns {
    private Turns() {}

    static List<Note> between(@Nullable PolicyStatus before, PolicyStatus after) {
        List<Note> notes = new ArrayList<>();
        for (String type : List.of("Stalled", "RestoreFailing")) {
            Optional<PolicyCondition> now = find(after, type);
            Optional<String> reason = find(before, type).map(PolicyCondition::reason);
            now.filter(each -> !reason.equals(Optional.of(each.reason())))
                    .ifPresent(each -> notes.add(new Note(true, each.reason(), each.message())));
        }
        notes.addAll(forks(find(before, "LineageConsistent"), find(after, "LineageConsistent")));
        Optional<String> was = find(before, "Protected").map(PolicyCondition::status);
        find(after, "Protected")
                .filter(each -> !was.equals(Optional.of(each.status())))
                .filter(each -> was.isPresent() || each.status().equals("True"))
                .ifPresent(each -> notes.add(
                        each.status().equals("True")
                                ? new Note(false, "Protected", each.message())
                                : new Note(true, "NotProtected", each.reason() + ": " + each.message())));
        return notes;
    }

    /// Each fork that is new is said, not only the first; and when there is none any more.
    private static List<Note> forks(Optional<PolicyCondition> was, Optional<PolicyCondition> now) {
        if (now.isEmpty()) {
            return List.of();
        }
        boolean forked = now.get().status().equals("False");
        boolean wasForked = was.map(PolicyCondition::status).equals(Optional.of("False"));
        if (forked && !was.map(PolicyCondition::message).equals(now.map(PolicyCondition::message))) {
            return List.of(new Note(true, now.get().reason(), now.get().message()));
        }
        return wasForked && !forked
                ? List.of(new Note(false, "ForksResolved", now.get().message()))
                : List.of();
    }

    private static Optional<PolicyCondition> find(@Nullable PolicyStatus status, String type) {
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst();
    }
}
