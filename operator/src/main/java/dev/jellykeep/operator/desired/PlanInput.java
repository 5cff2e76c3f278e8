package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.operator.api.PolicySpec;
import org.jspecify.annotations.Nullable;

/// All that a plan depends on.
///
/// @param spec with the API server's defaults filled in
/// @param app what ARM answered to the app's GET; never changed. Read it with exact decimals where
///     numbers of foreign parts have to come back to the last digit
/// @param lineage id that the document carries or will carry
/// @param environment null where it couldn't be read
/// @param data null where the archives can't be seen, or there are none
public record PlanInput(
        PolicyName policy,
        PolicySpec spec,
        JsonNode app,
        LineageId lineage,
        AgentRelease release,
        @Nullable EnvironmentFacts environment,
        @Nullable StoredData data) {

    AppTree tree() {
        return new AppTree(app);
    }
}
