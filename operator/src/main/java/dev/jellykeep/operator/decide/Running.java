package dev.jellykeep.operator.decide;

import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What of an app exists right now.
///
/// @param replicas by the name of their revision; every active revision has a list
public record Running(List<Revision> revisions, Map<String, List<Replica>> replicas) {
    public Running {
        revisions = List.copyOf(revisions);
        replicas = Map.copyOf(replicas);
    }

    /// Replicas of all revisions.
    public Stream<Replica> all() {
        return replicas.values().stream().flatMap(List::stream);
    }

    public boolean none() {
        return all().findAny().isEmpty();
    }

    /// When the newest of them began; empty if none says.
    public Optional<Instant> newestStart() {
        return all().map(Replica::created).filter(java.util.Objects::nonNull).max(Comparator.naturalOrder());
    }

    public Optional<Revision> revision(String name) {
        return revisions.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public List<Replica> of(String revision) {
        return replicas.getOrDefault(revision, List.of());
    }

    /// Names with their revisions, for sentences.
    public String names() {
        return String.join(", ", all().map(Replica::name).sorted().toList());
    }

    /// Whether a replica of another revision is ready.
    public boolean servesWithout(String revision) {
        return replicas.entrySet().stream()
                .filter(each -> !each.getKey().equals(revision))
                .flatMap(each -> each.getValue().stream())
                .anyMatch(Running::ready);
    }

    static boolean ready(Replica replica) {
        return !replica.containers().isEmpty() && replica.containers().stream().allMatch(ContainerStatus::ready);
    }
}
