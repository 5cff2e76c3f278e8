package dev.jellykeep.contract.settings;

import java.util.List;

/// What came of reading settings. `settings` is always usable: a value with a problem is replaced by its default.
/// Restoring and pruning by replaced values would be wrong, though: `restore` must refuse while {@link #problems} isn't
/// empty, and pruning while {@link #hasProblem} of RETENTION.
///
/// @param problems in the catalogue's order, those that concern two settings at the end
/// @param unknown variables with our prefix that are no settings, by name
public record Parsed(Settings settings, List<Problem> problems, List<UnknownVariable> unknown) {
    public Parsed {
        problems = List.copyOf(problems);
        unknown = List.copyOf(unknown);
    }

    public boolean hasProblem(Concern concern) {
        return problems.stream().anyMatch(problem -> problem.setting().concern() == concern);
    }
}
