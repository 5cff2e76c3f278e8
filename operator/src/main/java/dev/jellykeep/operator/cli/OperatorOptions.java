package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.reconcile.Surroundings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the operator runs, from its environment.
///
/// @param agentImage of the agent that belongs to this release
/// @param leaseNamespace where leadership is agreed on; null: this is the only operator
/// @param maxRollouts how many injected apps may get another template at the same time
/// @param managementPort of `/livez` and `/readyz`; 0: any free one
record OperatorOptions(String agentImage, @Nullable String leaseNamespace, int maxRollouts, int managementPort) {
    static final String AGENT_IMAGE = "JELLYKEEP_AGENT_IMAGE";
    static final String LEASE_NAMESPACE = "JELLYKEEP_LEASE_NAMESPACE";
    static final String MAX_ROLLOUTS = "JELLYKEEP_MAX_ROLLOUTS";
    static final String MANAGEMENT_PORT = "JELLYKEEP_MANAGEMENT_PORT";

    private static final int USUAL_PORT = 8080;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_ROLLOUTS = 10_000;

    /// @throws IllegalArgumentException with one sentence, if something is missing or wrong
    static OperatorOptions of(Map<String, String> environment) {
        String image = environment.getOrDefault(AGENT_IMAGE, "").strip();
        if (image.isEmpty()) {
            throw new IllegalArgumentException(AGENT_IMAGE
                    + " is not set: write the image of the agent that is put into apps, as REGISTRY/REPOSITORY:TAG");
        }
        String lease = environment.getOrDefault(LEASE_NAMESPACE, "").strip();
        return new OperatorOptions(
                image,
                lease.isEmpty() ? null : lease,
                number(environment, MAX_ROLLOUTS, Surroundings.USUAL_ROLLOUTS, 1, MOST_ROLLOUTS, "number of apps"),
                number(environment, MANAGEMENT_PORT, USUAL_PORT, 0, LAST_PORT, "port"));
    }

    private static int number(
            Map<String, String> environment, String name, int usual, int least, int most, String what) {
        String text = environment.getOrDefault(name, "").strip();
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException(
                name + " is '" + text + "', which is no " + what + ": write a number from " + least + " to " + most);
    }
}
