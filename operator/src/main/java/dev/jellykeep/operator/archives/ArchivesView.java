package dev.jellykeep.operator.archives;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.rollout.RolloutDocument;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One look at a policy's folder in Blob.
public sealed interface ArchivesView {
    /// It can't be seen, so nothing is known of it.
    ///
    /// @param reason stable word for conditions
    /// @param sentence what, on what, what to do
    record Hidden(String reason, String sentence) implements ArchivesView {}

    /// What is there.
    ///
    /// @param replicas that have reported, whether they still run or not
    /// @param control names below the prefix of what was asked
    /// @param suspended whether scheduled backups are paused
    /// @param at the service's clock
    /// @param rollout the newest rollout of the app; null: none is known
    /// @param unread reports that this version doesn't understand: of whoever wrote them, no more is known
    /// @param told what lies in `control/` for new replicas and for the holder
    record Seen(
            Reading reading,
            Catalogue catalogue,
            List<Protection.Replica> replicas,
            Set<String> control,
            boolean suspended,
            Instant at,
            List<Unread> unread,
            @Nullable Rollout rollout,
            Told told)
            implements ArchivesView {
        /// Of a report that can't be understood.
        ///
        /// @param name of the blob
        public record Unread(String name, Duration age) {}

        /// What operators have left of a rollout.
        ///
        /// @param age since its stage began, by the service's clock
        /// @param lineageSince whether lineage.json was written after that
        public record Rollout(RolloutDocument document, Duration age, boolean lineageSince) {}

        public Seen(
                Reading reading,
                Catalogue catalogue,
                List<Protection.Replica> replicas,
                Set<String> control,
                boolean suspended,
                Instant at) {
            this(reading, catalogue, replicas, control, suspended, at, List.of());
        }

        /// The same with another rollout.
        public Seen with(@Nullable Rollout other) {
            return new Seen(reading, catalogue, replicas, control, suspended, at, unread, other, told);
        }

        public Seen(
                Reading reading,
                Catalogue catalogue,
                List<Protection.Replica> replicas,
                Set<String> control,
                boolean suspended,
                Instant at,
                List<Unread> unread) {
            this(reading, catalogue, replicas, control, suspended, at, unread, null, Told.NOTHING);
        }

        /// What lies in `control/` for new replicas and for the holder.
        ///
        /// @param restore null: nobody has asked for one, or it can't be read
        /// @param accept name of a suspect that the holder is to make the head; null: none
        /// @param proof the last one that restoring works; null: there is none
        /// @param proven when that was left, by the service's clock; null: never
        public record Told(
                @Nullable Pin restore,
                @Nullable String accept,
                RevisionVersions versions,
                @Nullable Proof proof,
                @Nullable Instant proven) {
            public static final Told NOTHING = new Told(null, null, RevisionVersions.none(), null, null);
        }

        public Seen {
            unread = List.copyOf(unread);
            replicas = List.copyOf(replicas);
            control = Set.copyOf(control);
        }

        public Optional<LineageDocument> document() {
            return reading instanceof Reading.Present present ? Optional.of(present.document()) : Optional.empty();
        }

        /// The newest answer to a request, of any replica.
        public Optional<ReplicaReport.Answer> answer(String request) {
            return replicas.stream()
                    .flatMap(each -> each.report().answers().stream())
                    .filter(each -> each.request().equals(request))
                    .max(Comparator.comparing(ReplicaReport.Answer::at));
        }

        /// Whether a replica has been heard of lately.
        public boolean anyoneAlive(Duration heardOf) {
            return replicas.stream().anyMatch(each -> each.alive(heardOf));
        }

        /// The newest restore that failed, where nothing newer succeeded.
        public Optional<FailedRestore> failedRestore() {
            return replicas.stream()
                    .map(Protection.Replica::report)
                    .flatMap(report -> Stream.ofNullable(report.restore())
                            .map(restore -> new FailedRestore(report.name(), restore)))
                    .max(Comparator.comparing(each -> each.restore().at()))
                    .filter(newest -> newest.restore().outcome().equals("failed"));
        }

        /// @param replica its name in ARM; null: the agent wasn't told
        public record FailedRestore(@Nullable String replica, ReplicaReport.Restored restore) {}
    }
}
