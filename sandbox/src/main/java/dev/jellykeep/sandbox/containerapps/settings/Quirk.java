package dev.jellykeep.sandbox.containerapps.settings;

/// One way in which the service surprises its callers, as far as `container-apps.md` and `DESIGN.md` §4.2 know it.
///
/// Of refusals the stricter way is the default. What was reported as usual is on; what was seen now and then, or is not
/// confirmed, is off.
public enum Quirk {
    /// GET shows secrets without their values.
    SECRET_VALUES_HIDDEN(true),
    /// A secret sent with a name only is refused: `ContainerAppSecretInvalid`. Off: it keeps its value.
    NAME_ONLY_SECRETS_REFUSED(true),
    /// A secret that any kept revision refers to can't be removed.
    USED_SECRETS_KEPT(true),
    /// `listSecrets` of an app without secrets answers 204.
    LIST_SECRETS_204(false),
    /// A changed template with the suffix of a revision that exists is refused. Off: success, and no new revision.
    SUFFIX_CONFLICT(true),
    /// Writes while an operation runs are refused with 409. Off: the last write wins.
    BUSY_CONFLICT(true),
    /// So are `activate`, `deactivate` and `restart` of a revision.
    BUSY_REVISION_ACTIONS(true),
    /// Errors about secrets and conflicts come as `{code, message}`, without `error` around them.
    BARE_ERRORS(true),
    /// GET adds `resources.ephemeralStorage`.
    EPHEMERAL_STORAGE_ADDED(true),
    /// A write that sends `resources.ephemeralStorage` is refused. Off: it is dropped.
    EPHEMERAL_STORAGE_REFUSED(true),
    /// GET omits the value of a variable whose value is empty.
    EMPTY_VALUES_OMITTED(true),
    /// A variable with neither `value` nor `secretRef` is refused. Off: it is an empty one.
    VALUELESS_VARIABLES_REFUSED(true),
    /// GET shows empty `initContainers`, `volumes` and `scale.rules` as `null`, and `probes` as `[]`.
    EMPTY_ARRAYS_NULL(true),
    /// GET shows the defaults of `scale` and `revisionSuffix`, and a container's resources where none were given.
    DEFAULTS_SHOWN(true),
    /// GET shows the default probes of the main container, where there is ingress, off the Consumption profile.
    DEFAULT_PROBES_SHOWN(false),
    /// GET spells `resourcegroups` in lower case and the location for people.
    ODD_CASING(true),
    /// GET shows `identity.type` as `SystemAssigned, UserAssigned`, with a space.
    IDENTITY_TYPE_SPACED(true),
    /// GET shows memory as `0.5Gi` where `512Mi` was sent.
    MEMORY_NORMALISED(false),
    /// GET shows variables and mounts in another order than they were sent in.
    ARRAY_ORDER_CHANGED(false),
    /// GET shows a `custom` scale rule of type `http` as an `http` rule.
    HTTP_RULES_RENAMED(false),
    /// Members newer than the api-version of a request are left out of its reply.
    NEWER_MEMBERS_HIDDEN(true),
    /// A new app gets a member that no model knows in each of its objects.
    FUTURE_MEMBERS(false),
    /// Two variables of one name are accepted and wedge the app: no revision, no error, no end. Off: refused.
    DUPLICATE_VARIABLES_WEDGE(true),
    /// Calls over ARM's token buckets are refused with 429.
    THROTTLING(true),
    /// A rollout starts one more replica of the old revision.
    EXTRA_OLD_REPLICA(false),
    /// A rollout starts one more replica of the new revision.
    EXTRA_NEW_REPLICA(false),
    /// A rollout starts a replica of the new revision although the old one had none.
    REPLICA_ON_EVERY_ROLLOUT(false),
    /// An active revision without replicas is `ScaledToZero`. Off: `Running`.
    SCALED_TO_ZERO(true),
    /// A revision with as many replicas as it may have is `RunningAtMaxScale`. Off: `Running`.
    RUNNING_AT_MAX_SCALE(true),
    /// A revision that missed its deadline is `ActivationFailed`. Off: `Failed`.
    ACTIVATION_FAILED(true),
    /// The app is `Failed` after a failed update too, though the old revision serves.
    FAILED_AFTER_FAILED_UPDATE(true),
    /// Deactivating the newest revision stops every other one too.
    DEACTIVATING_NEWEST_STOPS_ALL(true),
    /// The identity endpoint comes up `identityDelay` after the replica, so that init containers may be earlier.
    LATE_IDENTITY(true),
    /// Init containers have an identity only on the Consumption profile of an environment with workload profiles.
    IDENTITY_LIMITED_IN_INIT(true),
    /// A replica dies 60 s after it was told to stop, whatever grace its template gives.
    GRACE_CUT_SHORT(false);

    private final boolean usual;

    Quirk(boolean usual) {
        this.usual = usual;
    }

    /// Whether it is on unless it is switched off.
    public boolean isUsual() {
        return usual;
    }
}
