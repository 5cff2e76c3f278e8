package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTest {
    private static final String OBJECT = "11111111-2222-3333-4444-555555555555";
    private static final String IDENTITY =
            "/subscriptions/s/resourcegroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup";

    private static String command(String message) {
        return Grant.in(message, Optional.of("from-token")).orElseThrow().command(false);
    }

    @Test
    void assigning_an_identity_needs_a_role_on_the_identity() {
        assertThat(command("The client 'c' with object id '" + OBJECT + "' has permission to perform action"
                        + " 'Microsoft.App/containerApps/write' on scope '/subscriptions/s/app'; however, it does not"
                        + " have permission to perform action(s) 'Microsoft.ManagedIdentity/userAssignedIdentities/assign"
                        + "/action' on the linked scope(s) '" + IDENTITY + ",/subscriptions/s/other' or the linked"
                        + " scope(s) are invalid."))
                .isEqualTo("az role assignment create --assignee-object-id " + OBJECT
                        + " --assignee-principal-type ServicePrincipal --role \"Managed Identity Operator\" --scope \""
                        + IDENTITY + "\"");
    }

    @Test
    void reading_an_environment_needs_no_more_than_to_read_it() {
        assertThat(command("The client 'c' does not have authorization to perform action"
                        + " 'Microsoft.App/managedEnvironments/read' over scope '/subscriptions/s/env'"))
                .contains("--assignee-object-id from-token", "--role \"Reader\" --scope \"/subscriptions/s/env\"");
    }

    @Test
    void a_person_is_no_service_principal() {
        var grant = new Grant(OBJECT, "Microsoft.App/containerApps/write", "/subscriptions/s/app");

        assertThat(grant.command(true))
                .contains("--assignee " + OBJECT, "Container Apps Contributor")
                .doesNotContain("principal-type");
    }

    @Test
    void words_of_another_kind_are_not_made_into_a_command() {
        assertThat(Grant.in("The resource is disallowed by policy.", Optional.empty()))
                .isEmpty();
        assertThat(Grant.in(
                        "it does not have permission to perform action 'a' over scope 'x\"; rm -rf /'",
                        Optional.empty()))
                .isEmpty();
    }
}
