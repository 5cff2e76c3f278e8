package dev.jellykeep.operator.arm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.identity.AppResourceId;
import java.util.List;

/// Everything that the operator asks of ARM.
///
/// Every method blocks its caller (a virtual thread), may be called from any thread, and ends within the
/// deadline that the adapter was made with. Reads retry what passes by itself. A write is sent at most
/// once, except where ARM surely didn't carry it out; a reply that was lost is {@link
/// WriteOutcome.Unknown}, never guessed. What isn't among a method's results is an {@link ArmException}.
/// Secrets are never asked for.
public interface ContainerAppsApi {

    /// The app as ARM shows it under its newest stable version: with every member, known here or not.
    /// Secrets are names without values.
    Reading<JsonNode> app(AppResourceId app);

    /// Merges a patch (RFC 7396: arrays are replaced whole, null removes) into the app. Returns at once:
    /// a rollout is watched by {@link #operation}, or by reading the app again.
    ///
    /// @param patch without `properties.configuration.secrets`
    /// @throws IllegalArgumentException if there are secrets in the patch
    WriteOutcome patch(AppResourceId app, JsonNode patch);

    /// Looks once how an accepted write is getting on.
    ///
    /// @param handle as {@link WriteOutcome.Accepted} gave it, perhaps to an earlier process
    OperationState operation(AppResourceId app, OperationHandle handle);

    /// All revisions of the app, active or not, in the service's order; each name once.
    Reading<List<Revision>> revisions(AppResourceId app);

    /// The template of one revision, with every member, known here or not.
    Reading<JsonNode> template(AppResourceId app, String revision);

    /// Lets a revision run. Idempotent.
    WriteOutcome activate(AppResourceId app, String revision);

    /// Stops a revision: each of its replicas gets SIGTERM, and its disks are gone with them.
    /// Idempotent.
    WriteOutcome deactivate(AppResourceId app, String revision);

    /// Starts new replicas beside the old ones, on empty disks, then stops the old ones. Not idempotent.
    WriteOutcome restart(AppResourceId app, String revision);

    /// Replicas of one revision that exist now; none when it is scaled to zero. The targets are no
    /// guarantee: there may be more than `maxReplicas`.
    Reading<List<Replica>> replicas(AppResourceId app, String revision);

    /// What the app's environment offers.
    ///
    /// @param environmentId ARM resource id, as in the app's `properties.environmentId`
    Reading<Environment> environment(String environmentId);
}
