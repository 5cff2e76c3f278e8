package dev.jellykeep.operator.decide;

import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// How the newest revision is getting on.
final class RolloutWatch {
    static final String FAILED = "RolloutFailed";

    private RolloutWatch() {}

    /// The newest revision has not been ready yet.
    static boolean isOpen(Situation now) {
        return !now.latest().isEmpty() && !now.latest().equals(now.latestReady());
    }

    /// Where nothing is to be sent.
    static Progress judge(Situation now) {
        if (now.latest().isEmpty()) {
            return now.failed()
                    ? Progress.stalled(
                            "ProvisioningFailed",
                            "Azure could not make a revision of the app (provisioningState Failed): look at its system"
                                    + " logs (az containerapp logs show --type system), and mend its template")
                    : Progress.reconciling("AwaitingRevision", "Azure shows no revision of the app yet");
        }
        if (!isOpen(now)) {
            return Progress.ready("Succeeded", "the app is as planned");
        }
        Optional<Progress> failed = failure(now);
        if (failed.isPresent()) {
            return failed.get();
        }
        Running running = Objects.requireNonNull(now.running());
        if (!running.lists(now.latest())) {
            return Progress.reconciling(
                    "AwaitingRevision", "the replicas of revision " + now.latest() + " could not be listed");
        }
        return running.of(now.latest()).isEmpty()
                ? Progress.ready(
                        "AwaitingFirstStart",
                        "the app is as planned; revision " + now.latest()
                                + " has not started yet, since nobody asked for it")
                : Progress.reconciling("AwaitingRevision", "revision " + now.latest() + " is starting");
    }

    /// Why the newest revision doesn't get ready, if it doesn't; needs `running`.
    static Optional<Progress> failure(Situation now) {
        Running running = now.running();
        if (!isOpen(now) || running == null) {
            return Optional.empty();
        }
        return running.revision(now.latest())
                .flatMap(revision -> why(now, running, revision))
                .map(why -> Progress.stalled(
                        FAILED,
                        "revision " + now.latest() + " does not get ready: " + why
                                + (running.servesWithout(now.latest())
                                        ? "; the previous revision still serves, and nothing more is sent"
                                        : "; nothing serves")
                                + ": look at its logs (az containerapp logs show --revision " + now.latest()
                                + "), and change the policy or the app"));
    }

    private static Optional<String> why(Situation now, Running running, Revision revision) {
        if (!revision.provisioningError().isEmpty()) {
            return Optional.of(revision.provisioningError());
        }
        String state = revision.runningState().toLowerCase(Locale.ROOT);
        if (revision.provisioningState().equalsIgnoreCase("Failed")
                || state.equals("failed")
                || state.equals("activationfailed")) {
            return Optional.of(details(running, revision));
        }
        Duration deadline = Decider.time(now.spec().rollout().progressDeadline());
        Optional<Instant> began = running.of(revision.name()).stream()
                .map(Replica::created)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
        boolean late = began.filter(at -> at.plus(deadline).isBefore(now.now())).isPresent();
        return late
                ? Optional.of("its progress deadline of " + now.spec().rollout().progressDeadline() + " has passed; "
                        + details(running, revision))
                : Optional.empty();
    }

    private static String details(Running running, Revision revision) {
        String containers = String.join(
                ", ",
                running.of(revision.name()).stream()
                        .flatMap(each -> Stream.concat(each.initContainers().stream(), each.containers().stream()))
                        .filter(each -> !each.ready() && !each.runningState().equalsIgnoreCase("Terminated"))
                        .map(RolloutWatch::text)
                        .distinct()
                        .toList());
        String said =
                revision.runningStateDetails().isEmpty() ? revision.runningState() : revision.runningStateDetails();
        return said + (containers.isEmpty() ? "" : " (" + containers + ")");
    }

    private static String text(ContainerStatus container) {
        return container.name() + " " + container.runningState()
                + (container.runningStateDetails().isEmpty() ? "" : " " + container.runningStateDetails())
                + ", restarted " + container.restartCount() + " times";
    }
}
