package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.schedule.Cron;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.operator.api.DrillSpec;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.api.ScalePolicy;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of an app's template is ours, as it should be.
///
/// @param takenOver names of other tools' containers that go
/// @param oneReplica whether `maxReplicas` is ours too
record Design(ObjectNode restore, ObjectNode agent, Set<String> takenOver, Grace grace, boolean oneReplica) {

    /// Null, or of no use, where findings refuse.
    static @Nullable Design of(PlanInput in, AppName name, Findings findings) {
        AppTree app = in.tree();
        PolicySpec spec = in.spec();
        environment(app, name, findings);
        Clashes.check(app, name, in.policy(), findings);
        Scaling.check(app, name, spec.scale(), findings);
        String image = AgentChoice.image(in, findings);
        Hosting hosting = Hosting.of(app, in.environment());
        Access access = AccessChoice.of(app, name, spec.storage().identity(), findings);
        if (access != null) {
            AccessInReplica.check(app, name, access, hosting, findings);
        }
        Grace grace = Grace.of(app, in.policy());
        Scaling.cooldown(app, name, grace, findings);
        JsonNode jellyfin = JellyfinContainer.find(app, name, spec, findings);
        Folders folders = jellyfin == null
                ? null
                : LayoutSearch.find(jellyfin, name, spec.containerApp().layout(), findings);
        Mount mount = jellyfin == null || folders == null ? null : DataVolume.find(name, jellyfin, folders, findings);
        if (jellyfin == null || folders == null || mount == null) {
            AgentEnv.settings(in, null, findings);
            return null;
        }
        VolumeKind kind = VolumeKind.of(app.volume(mount.volume()), name, findings);
        Set<String> takenOver = OtherTools.takenOver(app, name, spec, jellyfin, mount.volume(), findings);
        List<JsonNode> foreign = app.containers().stream()
                .filter(each -> !Ours.hasOurName(each) && !takenOver.contains(Members.name(each)))
                .toList();
        Amount agent = AgentChoice.resources(spec, findings);
        Replica replica = Replica.of(name, foreign, jellyfin, agent);
        replica.check(hosting, findings);
        if (kind == VolumeKind.EMPTY_DIR) {
            DiskSpace.check(replica, hosting, in.data(), findings);
        }
        int port = ManagementPort.choose(app, foreign);
        AgentEnv.Found found = new AgentEnv.Found(
                folders,
                grace,
                MaxReplicas.former(app, in.policy(), spec.scale() == ScalePolicy.ENFORCE),
                kind == VolumeKind.EMPTY_DIR ? replica.ephemeralStorage() : null,
                port);
        // What is refused already isn't worth a second sentence in the agent's words.
        Settings settings = AgentEnv.settings(in, findings.refusals().isEmpty() ? found : null, findings);
        drill(in, findings);
        List<ObjectNode> notified = NotifyEnv.of(app, name, spec.notices(), findings);
        if (access == null) {
            return null;
        }
        OurContainer ours =
                new OurContainer(image, AgentEnv.json(settings, access).addAll(notified), replica.agent(), mount);
        return new Design(ours.restore(), ours.agent(port), takenOver, grace, spec.scale() == ScalePolicy.ENFORCE);
    }

    private static void drill(PlanInput in, Findings findings) {
        DrillSpec drill = in.spec().drill();
        String schedule = drill == null ? null : drill.schedule();
        if (schedule != null && Cron.parse(schedule) instanceof ParsedText.Bad<Cron>(String reason)) {
            findings.refuse(
                    RefusalReason.INVALID_SPEC,
                    "policy %s has a drill.schedule that can't be read: %s".formatted(in.policy(), schedule),
                    reason);
        }
    }

    /// Express environments have members that others don't, and whether they have init containers
    /// nobody has verified.
    private static void environment(AppTree app, AppName name, Findings findings) {
        if (!app.properties().path("networking").isEmpty()) {
            findings.refuse(
                    RefusalReason.UNSUPPORTED_ENVIRONMENT,
                    "%s runs in an Express environment, of which it isn't known whether it has init containers"
                            .formatted(name),
                    "move it to an environment with workload profiles: az containerapp env create --subscription %s -g %s"
                                    .formatted(name.subscription(), name.group())
                            + " -n NAME --enable-workload-profiles");
        }
    }
}
