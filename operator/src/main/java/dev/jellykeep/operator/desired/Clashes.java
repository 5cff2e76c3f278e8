package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;

/// Containers with our names that aren't this policy's.
final class Clashes {
    private Clashes() {}

    static void check(AppTree app, AppName name, PolicyName policy, Findings findings) {
        app.allContainers()
                .filter(container -> Ours.hasOurName(container) && !Ours.isOurs(container, policy))
                .forEach(container -> refuse(container, name, policy, findings));
    }

    private static void refuse(JsonNode container, AppName name, PolicyName policy, Findings findings) {
        String taken = Members.name(container);
        String other = Ours.policyOf(container);
        if (other == null) {
            findings.refuse(
                    RefusalReason.NAME_TAKEN,
                    "%s has a container %s that isn't Jellykeep's (it has no %s)"
                            .formatted(name, taken, Setting.POLICY.env()),
                    name.edit("give " + taken + " another name"));
        } else {
            findings.refuse(
                    RefusalReason.TARGET_CONFLICT,
                    "container %s of %s belongs to policy %s, not to %s".formatted(taken, name, other, policy),
                    "delete one of the two policies; where %s is gone already, name this one so, or take its containers"
                                    .formatted(other)
                            + " out: " + name.edit("remove " + Ours.RESTORE + " and " + Ours.AGENT));
        }
    }
}
