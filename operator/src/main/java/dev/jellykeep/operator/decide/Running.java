package dev.jellykeep.operator.decide;

import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.desired.LiveInjection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What of an app exists right now.
///
/// @param replicas by the name of their revision; one without a list may have any
public record Running(List<Revision> revisions, Map<String, List<Replica>> replicas) {
    public Running {
        revisions = List.copyOf(revisions);
        replicas = Map.copyOf(replicas);
    }

    /// Replicas of all revisions.
    public Stream<Replica> all() {
        return replicas.values().stream().flatMap(List::stream);
    }

    /// Surely none: of a revision that was not listed nobody knows.
    public boolean none() {
        return all().findAny().isEmpty() && complete();
    }

    /// Whether every revision that may have replicas was listed.
    boolean complete() {
        return revisions.stream().allMatch(each -> lists(each.name()) || (!each.active() && each.replicas() == 0));
    }

    /// None, and the newest revision is among those that were looked at.
    boolean idle(String latest) {
        return none() && (latest.isEmpty() || revision(latest).isPresent());
    }

    boolean lists(String revision) {
        return replicas.containsKey(revision);
    }

    /// Whether one of them has no sidecar, so that nobody saves what it writes.
    public boolean anyUnsaved() {
        return all().anyMatch(each ->
                each.containers().stream().noneMatch(container -> LiveInjection.SIDECAR.equals(container.name())));
    }

    /// When the newest of them began; empty if one doesn't say.
    public Optional<Instant> newestStart() {
        return all().map(each -> Optional.ofNullable(each.created()))
                .reduce((one, other) -> one.flatMap(a -> other.map(b -> a.isAfter(b) ? a : b)))
                .flatMap(newest -> newest);
    }

    public Optional<Revision> revision(String name) {
        return revisions.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public List<Replica> of(String revision) {
        return replicas.getOrDefault(revision, List.of());
    }

    /// Names with their revisions, for sentences.
    public String names() {
        List<String> names = all().map(Replica::name).sorted().toList();
        return names.isEmpty() ? "that could not be listed" : String.join(", ", names);
    }

    /// Whether a replica of another revision is ready.
    public boolean servesWithout(String revision) {
        return replicas.entrySet().stream()
                .filter(each -> !each.getKey().equals(revision))
                .flatMap(each -> each.getValue().stream())
                .anyMatch(Running::ready);
    }

    /// Whether all its containers are ready.
    public static boolean ready(Replica replica) {
        return !replica.containers().isEmpty() && replica.containers().stream().allMatch(ContainerStatus::ready);
    }
}
