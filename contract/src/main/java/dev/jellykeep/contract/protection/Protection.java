package dev.jellykeep.contract.protection;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The verdict that matters most: are the data protected, and if not, why not; DESIGN §4.1, as far as Blob
/// alone tells.
///
/// @param ok protected
/// @param reason stable name
/// @param sentence for people
public record Protection(boolean ok, String reason, String sentence) {
    /// How long after its last report a replica counts as running: 5 min with the default `staleAfter` of 2 min.
    ///
    /// @param staleAfter the lineage's setting
    public static Duration heardOf(Duration staleAfter) {
        return staleAfter.multipliedBy(5).dividedBy(2);
    }

    /// A replica that reports.
    ///
    /// @param age `Date − Last-Modified` of the report's reading
    public record Replica(ReplicaReport report, Duration age) {
        /// @param heardOf see {@link Protection#heardOf}
        public boolean alive(Duration heardOf) {
            return age.compareTo(heardOf) < 0 && !report.phase().equals("ended");
        }

        /// How old the oldest change is that is in no archive; zero where nothing is unsaved.
        public Duration unprotected() {
            Instant since = report.unsavedSince();
            Instant written = report.writtenAt();
            if (since == null || written == null) {
                return Duration.ZERO;
            }
            Duration then = Duration.between(since, written);
            return (then.isNegative() ? Duration.ZERO : then).plus(age);
        }
    }

    /// @param document null: there is none
    /// @param headThere the head's blob is in the listing
    /// @param unlisted archives of this lineage that the document doesn't name
    /// @param heardOf see {@link #heardOf}
    /// @param recoveryPoint unprotected time that still counts as protected
    public static Protection judge(
            @Nullable LineageDocument document,
            boolean headThere,
            List<Replica> replicas,
            int unlisted,
            Duration recoveryPoint,
            Duration heardOf) {
        if (document == null) {
            return no("LineageMissing", "there is no lineage.json here");
        }
        List<Replica> alive =
                replicas.stream().filter(each -> each.alive(heardOf)).toList();
        Optional<Replica> holder = replicas.stream()
                .filter(each -> each.report().replica().equals(document.holder()))
                .findFirst();
        Optional<Protection> guard = holder.filter(alive::contains)
                .or(() -> alive.stream().findFirst())
                .flatMap(each -> Optional.ofNullable(each.report().refused()))
                .map(refused -> refused(document, refused.reason(), refused.sentence()));
        if (document.head().isEmpty() || !headThere) {
            return guard.orElseGet(() -> document.head().isEmpty()
                    ? no("NoBackupYet", "there is no backup yet")
                    : no(
                            "HeadMissing",
                            "the head's archive is gone: "
                                    + document.head().get().name()));
        }
        if (guard.isPresent()) {
            return guard.get();
        }
        return withHead(document, holder, alive, unlisted, recoveryPoint);
    }

    private static Protection refused(LineageDocument document, String reason, String sentence) {
        boolean setup =
                document.head().isEmpty() && List.of("NO_USER", "WIZARD").contains(reason);
        return setup
                ? no("SetupNotFinished", "the setup wizard is not finished: " + sentence)
                : no("BackupRefused", "the last snapshot was refused (" + reason + "): " + sentence);
    }

    private static Protection withHead(
            LineageDocument document,
            Optional<Replica> holder,
            List<Replica> alive,
            int unlisted,
            Duration recoveryPoint) {
        var refused = document.refused();
        if (document.sealed() && refused != null) {
            return no("BackupRefused", "the final snapshot was refused: " + refused.reason());
        }
        if (!document.sealed() && document.holder() == null) {
            return no("NotSealed", "the last agent ended while the app was still writing");
        }
        if (!document.sealed() && holder.filter(alive::contains).isEmpty()) {
            return no(
                    "AgentSilent",
                    "the holder " + document.holder() + " has not been heard of"
                            + holder.map(each -> " for " + each.age().toSeconds() + " s")
                                    .orElse(""));
        }
        if (!document.forks().isEmpty() || unlisted > 0) {
            return no(
                    "ForksFound",
                    document.forks().size() + unlisted + " forks hold data that the head does not: see `jellykeep"
                            + " forks`");
        }
        Optional<Replica> other = alive.stream()
                .filter(each -> document.sealed() || !each.report().replica().equals(document.holder()))
                .filter(each -> !each.report().phase().equals("restored"))
                .findFirst();
        if (other.isPresent()) {
            return no("SecondReplica", "replica " + other.get().report().replica() + " runs too and is not the holder");
        }
        Duration unprotected = alive.stream()
                .map(Replica::unprotected)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (unprotected.compareTo(recoveryPoint) > 0) {
            return no(
                    "RecoveryPointMissed",
                    "the oldest unsaved change is " + unprotected.toSeconds() + " s old, more than "
                            + recoveryPoint.toSeconds() + " s");
        }
        return new Protection(
                true, "Protected", document.sealed() ? "sealed: nothing is unsaved" : "the holder reports");
    }

    private static Protection no(String reason, String sentence) {
        return new Protection(false, reason, sentence);
    }
}
