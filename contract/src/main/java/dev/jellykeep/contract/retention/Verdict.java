package dev.jellykeep.contract.retention;

import java.util.List;

/// What becomes of one archive.
///
/// @param reasons every rule that keeps it, in the order of {@link Rule}; {@link Rule#NONE} alone if it goes
public record Verdict(Candidate candidate, boolean keep, List<Reason> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
        if (reasons.isEmpty()) {
            throw new IllegalArgumentException("no reason for " + candidate.name());
        }
    }
}
