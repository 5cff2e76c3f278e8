package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.archives.AgentRequests;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.arm.Revision;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A server that nobody reaches any more holds the lineage, and what the family does goes into forks.
class YieldingTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final String ZOMBIE = "zombie";
    private static final String SERVING = "serving";

    private Duration zombieSilent = Duration.ofSeconds(10);
    private Duration servingSince = Duration.ofHours(1);
    private boolean oldActive;
    private boolean ready = true;
    private String holder = ZOMBIE;
    private Set<String> control = Set.of();
    private boolean sealed;

    private Optional<String> asked() {
        LineageDocument held = LineageDocument.fresh(UUID.randomUUID(), null).withHolder(holder, 3);
        LineageDocument document = sealed ? held.withState(true, null) : held;
        var seen = new ArchivesView.Seen(
                new Reading.Present(document, "e", Duration.ZERO),
                new Catalogue(Map.of(), Map.of()),
                List.of(
                        new Protection.Replica(report(ZOMBIE), zombieSilent),
                        new Protection.Replica(report(SERVING), Duration.ofSeconds(10))),
                control,
                false,
                NOW);
        var running = new Running(
                List.of(revision("app--1", oldActive), revision("app--2", true)),
                Map.of(
                        "app--1", List.of(replica(ZOMBIE, Duration.ofHours(9), true)),
                        "app--2", List.of(replica(SERVING, servingSince, ready))));
        return Yielding.who(seen, running, NOW);
    }

    private static ReplicaReport report(String id) {
        return ReportDraft.blank(id, "pod-" + id, "holding", "0.1.0", "10.11.3", null);
    }

    private static Revision revision(String name, boolean active) {
        return new Revision(name, active, NOW, 1, "Healthy", "Provisioned", "Running", "", "");
    }

    private static Replica replica(String id, Duration since, boolean isReady) {
        return new Replica(
                "pod-" + id,
                NOW.minus(since),
                "Running",
                "",
                List.of(),
                List.of(new ContainerStatus("jellyfin", isReady, 0, "Running", "")));
    }

    @Test
    void whoHoldsInAnInactiveRevisionIsAskedToLeaveItToTheOneThatServes() {
        assertThat(asked()).contains(ZOMBIE);
    }

    @Test
    void itIsAskedOnce() {
        control = Set.of(AgentRequests.yielding(ZOMBIE));
        assertThat(asked()).isEmpty();
    }

    @Test
    void anOrdinaryOverlapIsLeftToItsEnd() {
        servingSince = Yielding.OVERLAP.minusSeconds(1);
        assertThat(asked()).isEmpty();
    }

    @Test
    void whoServesItselfIsNotAsked() {
        oldActive = true;
        assertThat(asked()).isEmpty();
    }

    @Test
    void nobodyIsAskedToYieldToOneThatIsNotReady() {
        ready = false;
        assertThat(asked()).isEmpty();
    }

    @Test
    void whoIsSilentNeedsNoAsking() {
        zombieSilent = Duration.ofMinutes(6);
        assertThat(asked()).isEmpty();
    }

    @Test
    void theRightHolderIsNotAsked() {
        holder = SERVING;
        assertThat(asked()).isEmpty();
    }

    @Test
    void aSealedLineIsHeldByNobody() {
        sealed = true;
        assertThat(asked()).isEmpty();
    }

    @Test
    void whereArmWasNotAskedNobodyIs() {
        assertThat(Yielding.who(new ArchivesView.Hidden("x", "y"), null, NOW)).isEmpty();
    }
}
