package dev.jellykeep.contract.replica;

import dev.jellykeep.contract.settings.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes to a {@link ReplicaReport}, one fact at a time.
public final class ReportDraft {
    private static final int MOST_ANSWERS = 20;

    private String phase;
    private @Nullable String appVersion;
    private ReplicaReport.@Nullable Archive lastBackup;
    private @Nullable Instant lastCheck;
    private @Nullable Instant nextDue;
    private @Nullable Instant unsavedSince;
    private ReplicaReport.@Nullable Refused refused;
    private ReplicaReport.@Nullable Restored restore;
    private List<ReplicaReport.Answer> answers;
    private List<String> problems;
    private final ReplicaReport before;

    private ReportDraft(ReplicaReport before) {
        this.before = before;
        phase = before.phase();
        appVersion = before.appVersion();
        lastBackup = before.lastBackup();
        lastCheck = before.lastCheck();
        nextDue = before.nextDue();
        unsavedSince = before.unsavedSince();
        refused = before.refused();
        restore = before.restore();
        answers = before.answers();
        problems = before.problems();
    }

    public static ReportDraft of(ReplicaReport before) {
        return new ReportDraft(before);
    }

    /// A report that says nothing yet.
    public static ReplicaReport blank(
            String replica,
            @Nullable String name,
            String phase,
            String agent,
            @Nullable String appVersion,
            @Nullable Instant credentialExpiry) {
        return new ReplicaReport(
                replica,
                name,
                phase,
                agent,
                Settings.CONTRACT_VERSION,
                appVersion,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                credentialExpiry,
                null);
    }

    public ReportDraft phase(String value) {
        phase = value;
        return this;
    }

    /// What the app itself says that it is.
    public ReportDraft appVersion(@Nullable String value) {
        appVersion = value;
        return this;
    }

    public ReportDraft lastBackup(ReplicaReport.Archive value) {
        lastBackup = value;
        return this;
    }

    public ReportDraft lastCheck(Instant value) {
        lastCheck = value;
        return this;
    }

    public ReportDraft nextDue(@Nullable Instant value) {
        nextDue = value;
        return this;
    }

    public ReportDraft unsavedSince(@Nullable Instant value) {
        unsavedSince = value;
        return this;
    }

    public ReportDraft refused(ReplicaReport.@Nullable Refused value) {
        refused = value;
        return this;
    }

    public ReportDraft restore(ReplicaReport.@Nullable Restored value) {
        restore = value;
        return this;
    }

    /// Adds an answer; the oldest are forgotten.
    public ReportDraft answer(ReplicaReport.Answer value) {
        List<ReplicaReport.Answer> longer = new ArrayList<>(answers);
        longer.add(value);
        answers = longer.size() > MOST_ANSWERS ? longer.subList(longer.size() - MOST_ANSWERS, longer.size()) : longer;
        return this;
    }

    public ReportDraft problems(List<String> value) {
        problems = value;
        return this;
    }

    public ReplicaReport build() {
        return new ReplicaReport(
                before.replica(),
                before.name(),
                phase,
                before.agent(),
                before.contract(),
                appVersion,
                lastBackup,
                lastCheck,
                nextDue,
                unsavedSince,
                refused,
                restore,
                answers,
                problems,
                before.credentialExpiry(),
                before.writtenAt());
    }
}
