package dev.jellykeep.agent.explorer;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may happen.
///
/// @param start what there is at the beginning
/// @param writes user writes, at most
/// @param rollout replicas that a rollout starts beside the serving one
/// @param sick replicas whose app never gets healthy but migrates the database
/// @param traits what else is special
/// @param pin archive of the beginning that new replicas restore once, or {@link #FORK}; null: none
record Scenario(
        String name,
        Start start,
        int replicas,
        int archives,
        int writes,
        Set<Integer> rollout,
        Set<Integer> sick,
        Set<Trait> traits,
        @Nullable Integer pin,
        Budget budget) {
    static final String TOKEN = "token";
    /// The pin is an archive that lies in a fork since the beginning.
    static final int FORK = -1;

    /// The write of a failed revision's migration.
    static final int MIGRATION = 1 << 20;
    private static final String IN_FORK = "forks/" + Program.name(8) + "/backup-20260130000050.tar.gz";
    private static final int DAMAGE = 1 << 22;

    enum Start {
        /// Replica 0 serves and holds.
        RUNNING,
        /// Sealed; nobody runs.
        SEALED,
        /// Sealed; replicas 0 and 1 have been restored, serve, and nobody has claimed yet.
        BOTH,
        /// Only an older tool's archives; nobody runs.
        OLDER
    }

    enum Trait {
        /// A rollout may move the traffic.
        SUCCEEDS,
        /// A rollout may be taken back.
        FAILS,
        /// A replica may be replaced while it ends.
        EARLY,
        /// All replicas of `rollout` run and serve at once, and stay.
        TWINS,
        /// The old replica is never told to stop.
        ZOMBIE,
        /// Which branch is the head is blurred, so that "right head" isn't asked for.
        BLURRED,
        /// A serving replica may be scaled in at any time, also while another ends.
        NO_TIMING,
        /// Writes go on between the signal and the app's end.
        LATE_WRITES,
        /// Retention drops all that it may.
        PRUNES
    }

    static Scenario running(String name, int replicas, int writes, Budget budget) {
        return new Scenario(name, Start.RUNNING, replicas, 1, writes, Set.of(), Set.of(), Set.of(), null, budget);
    }

    Scenario from(Start other, int count) {
        return new Scenario(name, other, replicas, count, writes, rollout, sick, traits, pin, budget);
    }

    Scenario rollout(Integer... news) {
        return new Scenario(name, start, replicas, archives, writes, Set.of(news), sick, traits, pin, budget);
    }

    Scenario sick(Integer... ill) {
        return new Scenario(name, start, replicas, archives, writes, rollout, Set.of(ill), traits, pin, budget);
    }

    Scenario with(Trait first, Trait... more) {
        Set<Trait> all = EnumSet.of(first, more);
        all.addAll(traits);
        return new Scenario(name, start, replicas, archives, writes, rollout, sick, Set.copyOf(all), pin, budget);
    }

    /// The newest archive holds a write that the pin leaves behind.
    Scenario pinned(int archive) {
        return new Scenario(
                name, start, replicas, Math.max(2, archives), writes, rollout, sick, traits, archive, budget);
    }

    boolean has(Trait trait) {
        return traits.contains(trait);
    }

    static boolean damaged(int data) {
        return (data & DAMAGE) != 0;
    }

    static int damage(int data) {
        return data | DAMAGE;
    }

    static int repair(int data) {
        return data & ~DAMAGE;
    }

    /// The name of an archive of the beginning.
    static String archive(int index) {
        return "backup-202601300000%02d.tar.gz".formatted(index);
    }

    /// The name of what is pinned; null: nothing is.
    @Nullable
    String pinned() {
        return pin == null ? null : pin == FORK ? IN_FORK : archive(pin);
    }

    /// What is in an archive of the beginning.
    int dataOf(int index) {
        return pin == null ? Scenario.BASE : index > pin ? Scenario.BASE | 1 : Scenario.BASE;
    }

    /// There is a user.
    static final int BASE = 1 << 18;

    World start(Unfolding unfolding) {
        Shelf shelf = Shelf.EMPTY;
        List<Listed> history = new ArrayList<>();
        for (int i = 0; i < archives; i++) {
            if (start == Start.OLDER) {
                shelf = shelf.with(archive(i), Shelf.Archive.of(String.valueOf(dataOf(i)), Map.of()));
                continue;
            }
            ArchiveFacts facts = facts(i);
            shelf = shelf.with(archive(i), Shelf.Archive.of(String.valueOf(dataOf(i)), facts.toMetadata()));
            history.add(facts.archived(archive(i)).listed());
        }
        List<Fork> forks = new ArrayList<>();
        if (pin != null && pin == FORK) {
            ArchiveFacts facts = facts(Program.name(8), 0, 2, archive(0));
            shelf = shelf.with(IN_FORK, Shelf.Archive.of(String.valueOf(BASE), facts.toMetadata()));
            Listed listed = facts.archived(IN_FORK).listed();
            forks.add(new Fork(archive(0), Program.name(8), Fork.Why.STANDBY, List.of(listed)));
        }
        LineageDocument sealed = LineageDocument.fresh(Program.LINEAGE, null).withLine(history, forks);
        Blobs blobs = switch (start) {
            case RUNNING -> Blobs.of(sealed.withHolder(Program.name(0), 1), shelf);
            case SEALED, BOTH -> Blobs.of(sealed.withHolder(Program.name(9), 1).withState(true, null), shelf);
            case OLDER -> Blobs.of(sealed, shelf);
        };
        List<Replica> all = new ArrayList<>();
        for (int i = 0; i < (start == Start.RUNNING ? 1 : start == Start.BOTH ? 2 : 0); i++) {
            all.add(serving(i, unfolding));
        }
        while (all.size() < replicas) {
            all.add(Replica.ABSENT);
        }
        return new World(blobs, List.copyOf(all), pin == null ? 0 : 1, 0, false, budget, 0, 0, 0, 0);
    }

    private Replica serving(int i, Unfolding unfolding) {
        int head = archives - 1;
        var identity = new dev.jellykeep.contract.replica.ReplicaIdentity(
                Program.id(i), Program.LINEAGE, archive(head), null, true);
        Replica replica = Replica.ABSENT.placed(identity, dataOf(head)).withApp(true, true);
        return replica.running(unfolding.root(run(i, replica)));
    }

    /// The program of a replica that something was placed in.
    Program run(int i, Replica replica) {
        return new Program(i, Objects.requireNonNull(replica.identity()), replica.index(), has(Trait.PRUNES));
    }

    private ArchiveFacts facts(int i) {
        return facts(Program.name(start == Start.RUNNING ? 0 : 9), 1, i + 1L, i == 0 ? null : archive(i - 1));
    }

    private static ArchiveFacts facts(String owner, long epoch, long sequence, @Nullable String parent) {
        return new ArchiveFacts(
                Program.LINEAGE,
                owner,
                epoch,
                sequence,
                parent,
                ArchiveKind.SCHEDULED,
                AskedStore.NOW,
                "sha-" + owner + "-" + sequence,
                "content",
                1,
                1,
                1,
                null,
                null,
                null,
                null);
    }

    @Override
    public String toString() {
        return name;
    }
}
