package dev.jellykeep.contract.replica;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `status/<replica>.json`: what one agent says of itself; its re-put is the heartbeat. Facts and times, no
/// ages.
///
/// @param phase what it does: restoring, waiting-for-app, standby, holding, ending, ended
/// @param contract version of the vocabulary it speaks
/// @param lastBackup the newest archive of this replica
/// @param lastCheck when the data were last compared with the tip, changed or not
/// @param nextDue when the next scheduled backup is due
/// @param unsavedSince when the oldest change that is not in an archive was seen; null: everything is saved
/// @param refused the guard that refused the last snapshot
/// @param restore how this replica's data came to be
/// @param answers requests that have been answered, newest last
/// @param problems what a person should mend, one sentence each
/// @param credentialExpiry when the SAS token ends
/// @param writtenAt the agent's own clock at the put, so that readers can turn its times into ages whatever its
///     clock says
public record ReplicaReport(
        String replica,
        @Nullable String name,
        String phase,
        String agent,
        int contract,
        @Nullable String appVersion,
        @Nullable Archive lastBackup,
        @Nullable Instant lastCheck,
        @Nullable Instant nextDue,
        @Nullable Instant unsavedSince,
        @Nullable Refused refused,
        @Nullable Restored restore,
        List<Answer> answers,
        List<String> problems,
        @Nullable Instant credentialExpiry,
        @Nullable Instant writtenAt) {
    private static final int FORMAT = 1;

    public ReplicaReport {
        answers = List.copyOf(answers);
        problems = List.copyOf(problems);
    }

    /// @param at when its registration was done
    /// @param bytes uncompressed
    /// @param compressed bytes of the blob
    /// @param millis from scan to registration
    /// @param fork it is beside the line
    public record Archive(
            String name, String kind, Instant at, long bytes, long compressed, long millis, boolean fork) {}

    /// @param suspect name under which the snapshot was kept
    public record Refused(
            String reason, String sentence, @Nullable String suspect, Instant at) {}

    /// @param outcome restored, kept, started-empty or failed
    /// @param archive what was restored
    /// @param detail reason of a failure, or what a person should know
    /// @param millis how long the restore took
    /// @param recovery milliseconds from the restore's beginning until the app was healthy; null: not known
    public record Restored(
            String outcome,
            @Nullable String archive,
            @Nullable String detail,
            Instant at,
            long millis,
            @Nullable Long recovery) {
        /// One after which the app was not yet seen healthy.
        public Restored(String outcome, @Nullable String archive, @Nullable String detail, Instant at, long millis) {
            this(outcome, archive, detail, at, millis, null);
        }

        /// With the app found healthy, for the first time after something was restored.
        public Restored recovered(Instant healthy) {
            if (!outcome.equals("restored") || recovery != null) {
                return this;
            }
            long since = Math.max(0, Duration.between(at, healthy).toMillis());
            return new Restored(outcome, archive, detail, at, millis, millis + since);
        }
    }

    /// @param request blob name of the request
    /// @param result promoted, fork, unchanged or refused
    /// @param archive the archive that holds the data
    public record Answer(
            String request, String result, @Nullable String archive, Instant at) {}

    /// The same, put at `now`.
    public ReplicaReport at(Instant now) {
        return new ReplicaReport(
                replica,
                name,
                phase,
                agent,
                contract,
                appVersion,
                lastBackup,
                lastCheck,
                nextDue,
                unsavedSince,
                refused,
                restore,
                answers,
                problems,
                credentialExpiry,
                now);
    }

    public byte[] toBytes() {
        JsonFields fields = new JsonFields()
                .put("format", FORMAT)
                .put("replica", replica)
                .putIfPresent("name", name)
                .put("phase", phase)
                .put("agent", agent)
                .put("contract", contract)
                .putIfPresent("appVersion", appVersion)
                .putIfPresent("lastCheck", lastCheck)
                .putIfPresent("nextDue", nextDue)
                .putIfPresent("unsavedSince", unsavedSince)
                .putIfPresent("credentialExpiry", credentialExpiry)
                .putIfPresent("writtenAt", writtenAt)
                .put("problems", problems)
                .put("answers", answers.stream().map(ReplicaReport::json).toList());
        if (lastBackup != null) {
            fields.put("lastBackup", json(lastBackup));
        }
        if (refused != null) {
            fields.put("refused", json(refused));
        }
        if (restore != null) {
            fields.put("restore", json(restore));
        }
        return fields.toBytes();
    }

    private static JsonFields json(Archive archive) {
        return new JsonFields()
                .put("name", archive.name())
                .put("kind", archive.kind())
                .put("at", archive.at())
                .put("bytes", archive.bytes())
                .put("compressed", archive.compressed())
                .put("millis", archive.millis())
                .put("fork", archive.fork());
    }

    private static JsonFields json(Refused refused) {
        return new JsonFields()
                .put("reason", refused.reason())
                .put("sentence", refused.sentence())
                .putIfPresent("suspect", refused.suspect())
                .put("at", refused.at());
    }

    private static JsonFields json(Restored restored) {
        return new JsonFields()
                .put("outcome", restored.outcome())
                .putIfPresent("archive", restored.archive())
                .putIfPresent("detail", restored.detail())
                .put("at", restored.at())
                .put("millis", restored.millis())
                .putIfPresent("recovery", restored.recovery());
    }

    private static JsonFields json(Answer answer) {
        return new JsonFields()
                .put("request", answer.request())
                .put("result", answer.result())
                .putIfPresent("archive", answer.archive())
                .put("at", answer.at());
    }

    /// Empty if it can't be understood: a report is information, never a reason to fail.
    public static Optional<ReplicaReport> parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, "status report");
            return json.format() > FORMAT ? Optional.empty() : Optional.of(from(json));
        } catch (JsonFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static ReplicaReport from(JsonObject json) {
        JsonObject last = json.optObject("lastBackup");
        JsonObject refused = json.optObject("refused");
        JsonObject restore = json.optObject("restore");
        return new ReplicaReport(
                json.text("replica"),
                json.optText("name"),
                json.text("phase"),
                json.text("agent"),
                Math.toIntExact(json.number("contract")),
                json.optText("appVersion"),
                last == null ? null : archive(last),
                json.optInstant("lastCheck"),
                json.optInstant("nextDue"),
                json.optInstant("unsavedSince"),
                refused == null
                        ? null
                        : new Refused(
                                refused.text("reason"),
                                refused.text("sentence"),
                                refused.optText("suspect"),
                                refused.instant("at")),
                restore == null
                        ? null
                        : new Restored(
                                restore.text("outcome"),
                                restore.optText("archive"),
                                restore.optText("detail"),
                                restore.instant("at"),
                                restore.number("millis"),
                                restore.optNumber("recovery")),
                json.objects("answers").stream()
                        .map(each -> new Answer(
                                each.text("request"), each.text("result"), each.optText("archive"), each.instant("at")))
                        .toList(),
                json.texts("problems"),
                json.optInstant("credentialExpiry"),
                json.optInstant("writtenAt"));
    }

    private static Archive archive(JsonObject json) {
        return new Archive(
                json.text("name"),
                json.text("kind"),
                json.instant("at"),
                json.number("bytes"),
                json.number("compressed"),
                json.number("millis"),
                json.flag("fork", false));
    }
}
