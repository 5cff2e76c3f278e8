package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.EcosystemVariable;
import java.util.List;

/// Who the agent is to the storage account.
sealed interface Access {

    /// @param id as in `identitySettings`
    record UserAssigned(String id, String clientId) implements Access {}

    record SystemAssigned() implements Access {}

    /// An app secret with a connection string, with an account key or a SAS in it.
    record Secret(String name) implements Access {}

    /// What the agent reads it from.
    default List<ObjectNode> env() {
        return switch (this) {
            case UserAssigned user -> List.of(Env.plain(EcosystemVariable.AZURE_CLIENT_ID.name(), user.clientId()));
            case SystemAssigned() -> List.of();
            case Secret(String name) ->
                List.of(Env.secret(EcosystemVariable.AZURE_STORAGE_CONNECTION_STRING.name(), name));
        };
    }
}
