package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Refusal;
import dev.jellykeep.operator.desired.RefusalReason;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.Warning;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What the planner checks, subject by subject.
final class PlanChecks {
    private PlanChecks() {}

    /// In the planner's order.
    private enum Subject {
        ENVIRONMENT("environment", "has init containers, with the identity in them"),
        NAMES("names", "nobody else uses ours"),
        REPLICAS("scale", "one revision with at most one replica"),
        AGENT("agent", "its image and settings fit"),
        IDENTITY("identity", "the agent has one, in both its containers"),
        CONTAINER("container", "Jellyfin's is known"),
        LAYOUT("layout", "Jellyfin's folders are known"),
        VOLUME("volume", "both folders are on one that can be saved"),
        RESOURCES("resources", "there is room for the agent");

        private final String text;
        private final String fine;

        Subject(String text, String fine) {
            this.text = text;
            this.fine = fine;
        }

        static Subject of(RefusalReason reason) {
            return switch (reason) {
                case UNSUPPORTED_ENVIRONMENT, ENVIRONMENT_UNKNOWN -> ENVIRONMENT;
                case NAME_TAKEN, TARGET_CONFLICT -> NAMES;
                case MULTIPLE_REVISIONS, MULTIPLE_REPLICAS_ALLOWED -> REPLICAS;
                case INVALID_SPEC, AGENT_TOO_OLD -> AGENT;
                case NO_IDENTITY, SECRET_MISSING, IDENTITY_HIDDEN_FROM_INIT, IDENTITY_HIDDEN_FROM_SIDECAR -> IDENTITY;
                case NO_JELLYFIN_CONTAINER, AMBIGUOUS_CONTAINER -> CONTAINER;
                case UNKNOWN_LAYOUT, LAYOUT_CONTRADICTED -> LAYOUT;
                case NO_DATA_VOLUME, CONFIG_OUTSIDE_VOLUME, UNSUPPORTED_VOLUME, OTHER_TOOL_ON_DATA_VOLUME -> VOLUME;
                case RESOURCE_TOTAL, NOT_ENOUGH_EPHEMERAL_STORAGE -> RESOURCES;
            };
        }

        /// Whether the planner may not have come to this one where `refused` were refused.
        boolean unreached(Set<Subject> refused) {
            Set<Subject> stops = EnumSet.noneOf(Subject.class);
            switch (this) {
                case RESOURCES -> stops.addAll(List.of(CONTAINER, LAYOUT, VOLUME));
                case VOLUME -> stops.addAll(List.of(CONTAINER, LAYOUT));
                case LAYOUT -> stops.add(CONTAINER);
                case ENVIRONMENT -> stops.add(IDENTITY);
                case AGENT -> stops.addAll(EnumSet.complementOf(EnumSet.of(AGENT)));
                default -> {}
            }
            stops.retainAll(refused);
            return !stops.isEmpty();
        }
    }

    static List<Check> of(Plan plan) {
        return switch (plan) {
            case Plan.UpToDate(List<Warning> warnings) -> checks(List.of(), warnings);
            case Plan.Patch patch -> checks(List.of(), patch.warnings());
            case Refused(List<Refusal> refusals) -> checks(refusals, List.of());
        };
    }

    private static List<Check> checks(List<Refusal> refusals, List<Warning> warnings) {
        Set<Subject> refused = EnumSet.noneOf(Subject.class);
        refusals.forEach(each -> refused.add(Subject.of(each.reason())));
        List<Check> checks = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            refusals.stream()
                    .filter(each -> Subject.of(each.reason()) == subject)
                    .forEach(each -> checks.add(Check.fail(each.reason().text(), each.message())));
            if (subject.unreached(refused)) {
                checks.add(Check.warn(subject.text, "not wholly checked before what fails is mended"));
            } else if (!refused.contains(subject)) {
                checks.add(Check.ok(subject.text, subject.fine));
            }
        }
        warnings.forEach(each -> checks.add(Check.warn(each.reason().text(), each.message())));
        return checks;
    }
}
