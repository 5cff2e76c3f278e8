package dev.jellykeep.operator.desired;

import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.contract.settings.SizeText;
import dev.jellykeep.operator.api.PolicySpec;
import java.util.regex.Pattern;

/// Which agent goes into the app, and whether it understands what is rendered.
final class AgentChoice {
    private static final Pattern CPU = Pattern.compile("[0-9]{1,2}(\\.[0-9]{1,2})?");

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

    /// Those by default where the policy's can't be read.
    static Amount resources(PolicySpec spec, Findings findings) {
        String cpu = spec.agent().resources().cpu();
        String memory = spec.agent().resources().memory();
        if (CPU.matcher(cpu).matches() && SizeText.parse(memory) instanceof ParsedText.Ok<Long>) {
            return Amount.of(cpu, memory);
        }
        findings.refuse(
                RefusalReason.INVALID_SPEC,
                "spec.agent.resources are '%s' and '%s', which are no cores and memory".formatted(cpu, memory),
                "write ones like {cpu: \"0.25\", memory: 0.5Gi}");
        return Replica.LEAST_AGENT;
    }
}
