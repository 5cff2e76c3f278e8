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

    private static Optional<PolicyCondition> find(@Nullable PolicyStatus status, String type) {
        return status == null
                ? Optional.empty()
                : status.conditions().stream()
                        .filter(each -> each.type().equals(type))
                        .findFirst();
    }
}
