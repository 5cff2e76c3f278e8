package dev.jellykeep.operator.desired;

import dev.jellykeep.contract.settings.Settings;

/// Which agent goes into the app, and whether it understands what is rendered.
final class AgentChoice {
    private AgentChoice() {}

    static String image(PlanInput in, Findings findings) {
        String image = in.release().chosenBy(in.spec());
        Integer contract = in.release().contractOf(image);
        if (contract == null) {
            findings.warn(
                    WarningReason.CONTRACT_UNKNOWN,
                    "nobody has read which contract the agent image %s speaks; if it is older than %d, its restore refuses"
                                    .formatted(image, Settings.CONTRACT_VERSION)
                            + " to start: take spec.agent.image out, and the operator's own release is used");
        } else if (contract < Settings.CONTRACT_VERSION) {
            findings.refuse(
                    RefusalReason.AGENT_TOO_OLD,
                    "the agent image %s speaks contract %d, and this policy needs %d"
                            .formatted(image, contract, Settings.CONTRACT_VERSION),
                    "write spec.agent.image: %s, or take it out"
                            .formatted(in.release().image()));
        }
        return image;
    }
}
