package dev.jellykeep.operator.desired;

import dev.jellykeep.operator.api.PolicySpec;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The agent images that there are to choose from.
///
/// @param image of the operator's own release
/// @param contract version that it speaks
/// @param declared versions that other images declare, by image; absent where nobody has read it
public record AgentRelease(String image, int contract, Map<String, Integer> declared) {
    public AgentRelease {
        declared = Map.copyOf(declared);
    }

    String chosenBy(PolicySpec spec) {
        String chosen = spec.agent().image();
        return chosen == null ? image : chosen;
    }

    /// Null where it isn't known.
    @Nullable
    Integer contractOf(String chosen) {
        return chosen.equals(image) ? Integer.valueOf(contract) : declared.get(chosen);
    }
}
