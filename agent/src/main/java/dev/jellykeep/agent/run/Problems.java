package dev.jellykeep.agent.run;

import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.contract.replica.ReportDraft;
import java.util.ArrayList;
import java.util.List;

/// What is wrong now: said once, and reported until it is over.
final class Problems {
    private final List<String> standing;
    private final ReportBoard board;
    private final Journal journal;

    /// @param standing reported as long as this process runs
    Problems(List<String> standing, ReportBoard board, Journal journal) {
        this.standing = List.copyOf(standing);
        this.board = board;
        this.journal = journal;
    }

    void tell(String sentence) {
        if (!board.current().problems().contains(sentence)) {
            journal.warn(sentence);
            List<String> problems = new ArrayList<>(standing);
            problems.add(sentence);
            board.change(report -> ReportDraft.of(report).problems(problems).build());
        }
    }

    void over() {
        if (!board.current().problems().equals(standing)) {
            journal.info("recovered");
            board.change(report -> ReportDraft.of(report).problems(standing).build());
        }
    }
}
