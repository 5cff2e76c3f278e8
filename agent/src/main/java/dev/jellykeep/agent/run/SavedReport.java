package dev.jellykeep.agent.run;

import dev.jellykeep.agent.backup.Saved;
import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.report.Notices;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import java.time.Duration;
import java.time.Instant;

/// Says what a backup came to, in the journal and on the report board.
final class SavedReport {
    private SavedReport() {}

    static void write(Saved saved, ArchiveKind kind, Duration took, Sidecar.Tools tools) {
        Instant now = tools.clock().instant();
        tell(saved, tools.board().notices());
        switch (saved) {
            case Saved.Promoted(LineageDocument _, String name, ArchiveFacts facts, long compressed) -> {
                tools.journal()
                        .info(
                                "backup is the head",
                                "archive",
                                name,
                                "kind",
                                kind.wireName(),
                                "size",
                                ByteText.of(facts.bytes()),
                                "compressed",
                                ByteText.of(compressed),
                                "ms",
                                took.toMillis());
                stored(name, facts, compressed, took, false, now, tools);
            }
            case Saved.Forked(LineageDocument document, String name, ArchiveFacts facts, long compressed) -> {
                tools.journal()
                        .warn(
                                "backup is a fork: another replica holds the lineage",
                                "archive",
                                name,
                                "holder",
                                String.valueOf(document.holder()));
                stored(name, facts, compressed, took, true, now, tools);
            }
            case Saved.Unchanged _ -> {
                tools.journal().debug("nothing has changed", "kind", kind.wireName());
                tools.board()
                        .change(report -> ReportDraft.of(report)
                                .lastCheck(now)
                                .refused(null)
                                .build());
            }
            case Saved.Refused(var _, var reason, String sentence, var suspect) -> {
                ReplicaReport.Refused before = tools.board().current().refused();
                if (before == null || !before.sentence().equals(sentence)) {
                    tools.journal()
                            .warn(
                                    "backup refused, the head stays",
                                    "reason",
                                    reason,
                                    "why",
                                    sentence,
                                    "suspect",
                                    String.valueOf(suspect));
                }
                tools.board()
                        .change(report -> ReportDraft.of(report)
                                .lastCheck(now)
                                .refused(new ReplicaReport.Refused(reason.name(), sentence, suspect, now))
                                .build());
            }
        }
    }

    private static void tell(Saved saved, Notices notices) {
        switch (saved) {
            case Saved.Promoted promoted -> notices.good("backup " + promoted.name() + " is the head");
            case Saved.Unchanged unchanged -> notices.good("nothing has changed since " + unchanged.tip());
            case Saved.Forked forked ->
                notices.bad("backup " + forked.name() + " is a fork, since replica "
                        + forked.document().holder() + " holds the lineage: see `jellykeep forks`");
            case Saved.Refused refused -> {
                // a server that is being set up has nothing to lose yet
                if (refused.document().head().isPresent() || !Sidecar.NOT_YET.contains(refused.reason())) {
                    notices.bad("backup refused (" + refused.reason() + "): " + refused.sentence()
                            + (refused.suspect() == null
                                    ? ""
                                    : "; if that is right: `jellykeep promote " + refused.suspect() + "`"));
                }
            }
        }
    }

    /// A backup that could not be made.
    static void failed(RuntimeException why, Sidecar.Tools tools) {
        tools.board().notices().bad("backup failed: " + why.getMessage());
    }

    private static void stored(
            String name,
            ArchiveFacts facts,
            long compressed,
            Duration took,
            boolean fork,
            Instant now,
            Sidecar.Tools tools) {
        ReplicaReport.Archive archive = new ReplicaReport.Archive(
                name, facts.kind().wireName(), now, facts.bytes(), compressed, took.toMillis(), fork);
        tools.board()
                .change(report -> ReportDraft.of(report)
                        .lastBackup(archive)
                        .lastCheck(now)
                        .refused(null)
                        .build());
    }

    static ReplicaReport.Answer answer(String request, Saved saved, Instant now) {
        return switch (saved) {
            case Saved.Promoted promoted -> new ReplicaReport.Answer(request, "promoted", promoted.name(), now);
            case Saved.Forked forked -> new ReplicaReport.Answer(request, "fork", forked.name(), now);
            case Saved.Unchanged unchanged -> new ReplicaReport.Answer(request, "unchanged", unchanged.tip(), now);
            case Saved.Refused refused ->
                new ReplicaReport.Answer(request, "refused: " + refused.sentence(), refused.suspect(), now);
        };
    }
}
