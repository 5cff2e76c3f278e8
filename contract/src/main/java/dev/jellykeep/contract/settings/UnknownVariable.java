package dev.jellykeep.contract.settings;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A variable with our prefix that is no setting.
///
/// @param meant the known variable whose name is nearest, null if none is near
public record UnknownVariable(String name, @Nullable String meant) {
    public Optional<String> suggestion() {
        return Optional.ofNullable(meant);
    }

    /// One sentence for a log or a prompt.
    public String sentence() {
        return meant == null
                ? "%s is no setting of this version: remove it, or check its name.".formatted(name)
                : "%s is no setting of this version: did you mean %s?".formatted(name, meant);
    }
}
