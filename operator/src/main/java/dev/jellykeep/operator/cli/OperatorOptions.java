package dev.jellykeep.operator.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the operator runs, from its environment.
///
/// @param agentImage of the agent that belongs to this release
/// @param leaseNamespace where leadership is agreed on; null: this is the only operator
/// @param managementPort of `/livez` and `/readyz`; 0: any free one
record OperatorOptions(String agentImage, @Nullable String leaseNamespace, int managementPort) {
    static final String AGENT_IMAGE = "JELLYKEEP_AGENT_IMAGE";
    static final String LEASE_NAMESPACE = "JELLYKEEP_LEASE_NAMESPACE";
    static final String MANAGEMENT_PORT = "JELLYKEEP_MANAGEMENT_PORT";

    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65_535;

    /// @throws IllegalArgumentException with one sentence, if something is missing or wrong
    static OperatorOptions of(Map<String, String> environment) {
        String image = environment.getOrDefault(AGENT_IMAGE, "").strip();
        if (image.isEmpty()) {
            throw new IllegalArgumentException(AGENT_IMAGE
                    + " is not set: write the image of the agent that is put into apps, as REGISTRY/REPOSITORY:TAG");
        }
        String lease = environment.getOrDefault(LEASE_NAMESPACE, "").strip();
        return new OperatorOptions(image, lease.isEmpty() ? null : lease, port(environment));
    }

    private static int port(Map<String, String> environment) {
        String text = environment.getOrDefault(MANAGEMENT_PORT, "").strip();
        if (text.isEmpty()) {
            return USUAL_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= LAST_PORT) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                MANAGEMENT_PORT + " is '" + text + "', which is no port: write a number from 0 to " + LAST_PORT);
    }
}
