package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may happen. Replica 0 serves and holds at the beginning.
///
/// @param archives in the history at the beginning
/// @param writes user writes, at most
/// @param rollout replicas that a rollout starts beside the serving one
/// @param succeeds a rollout may move the traffic
/// @param fails a rollout may be taken back
/// @param sick replicas whose app never gets healthy but migrates the database
/// @param early a replica may be replaced while it ends
/// @param calm nothing blurs which branch is the head, so "right head" is checked
/// @param pin replicas that restore the oldest archive by a pin
record Scenario(
        String name,
        int replicas,
        int archives,
        int writes,
        Set<Integer> rollout,
        boolean succeeds,
        boolean fails,
        Set<Integer> sick,
        boolean early,
        boolean calm,
        Set<Integer> pin,
        Budget budget) {
    static final String TOKEN = "token";
    /// The write of a failed revision's migration.
    static final int MIGRATION = 1 << 20;

    static Scenario of(String name, int replicas, int writes, Budget budget) {
        return new Scenario(name, replicas, 1, writes, Set.of(), false, false, Set.of(), false, true, Set.of(), budget);
    }

    Scenario rollout(Set<Integer> news, boolean mayFail) {
        return new Scenario(name, replicas, archives, writes, news, !mayFail, mayFail, sick, early, calm, pin, budget);
    }

    Scenario sick(Integer... ill) {
        return new Scenario(
                name, replicas, archives, writes, rollout, succeeds, fails, Set.of(ill), early, calm, pin, budget);
    }

    Scenario replacedEarly() {
        return new Scenario(name, replicas, archives, writes, rollout, succeeds, fails, sick, true, calm, pin, budget);
    }

    Scenario blurred() {
        return new Scenario(
                name, replicas, archives, writes, rollout, succeeds, fails, sick, early, false, pin, budget);
    }

    Scenario history(int count) {
        return new Scenario(name, replicas, count, writes, rollout, succeeds, fails, sick, early, calm, pin, budget);
    }

    /// The newest archive holds a write that the pin leaves behind.
    Scenario pinned(Integer... by) {
        return new Scenario(name, replicas, 2, writes, rollout, succeeds, fails, sick, early, calm, Set.of(by), budget);
    }

    static String archive(int index) {
        return "backup-%02d".formatted(index);
    }

    World start() {
        List<Blob> blobs = new ArrayList<>();
        List<Listed> history = new ArrayList<>();
        int data = 0;
        for (int i = 0; i < archives; i++) {
            data = !pin.isEmpty() && i > 0 ? 1 : 0;
            Archived facts = new Archived(
                    archive(i), World.LINEAGE, World.id(0), 1, i + 1L, i == 0 ? null : archive(i - 1), "sha", null);
            blobs.add(new Blob(facts, data, false, true));
            history.add(facts.listed());
        }
        LineageDocument document = LineageDocument.fresh(World.LINEAGE, null)
                .withLine(history, List.of())
                .withHolder(World.id(0), 1);
        List<Replica> all = new ArrayList<>();
        all.add(Replica.serving(data, archive(archives - 1)));
        for (int i = 1; i < replicas; i++) {
            all.add(Replica.ABSENT);
        }
        return new World(document, List.copyOf(blobs), List.copyOf(all), pin.isEmpty() ? 0 : 1, 0, false, budget);
    }

    /// The pin's archive where `replica` restores by it and it is not consumed.
    @Nullable
    String pinFor(int replica, LineageDocument document, boolean once) {
        boolean open = !once || !TOKEN.equals(document.pin());
        return pin.contains(replica) && open ? archive(0) : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
