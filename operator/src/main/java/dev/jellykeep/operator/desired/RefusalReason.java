package dev.jellykeep.operator.desired;

/// Why nothing is sent, the most fundamental first. The texts are a promise: conditions carry them.
public enum RefusalReason {
    INVALID_SPEC("InvalidSpec"),
    UNSUPPORTED_ENVIRONMENT("UnsupportedEnvironment"),
    NAME_TAKEN("NameTaken"),
    TARGET_CONFLICT("TargetConflict"),
    MULTIPLE_REVISIONS("MultipleRevisions"),
    MULTIPLE_REPLICAS_ALLOWED("MultipleReplicasAllowed"),
    NO_JELLYFIN_CONTAINER("NoJellyfinContainer"),
    AMBIGUOUS_CONTAINER("AmbiguousContainer"),
    UNKNOWN_LAYOUT("UnknownLayout"),
    LAYOUT_CONTRADICTED("LayoutContradicted"),
    NO_DATA_VOLUME("NoDataVolume"),
    CONFIG_OUTSIDE_VOLUME("ConfigOutsideVolume"),
    UNSUPPORTED_VOLUME("UnsupportedVolume"),
    OTHER_TOOL_ON_DATA_VOLUME("OtherToolOnDataVolume"),
    NO_IDENTITY("NoIdentity"),
    SECRET_MISSING("SecretMissing"),
    IDENTITY_HIDDEN_FROM_INIT("IdentityHiddenFromInit"),
    IDENTITY_HIDDEN_FROM_SIDECAR("IdentityHiddenFromSidecar"),
    ENVIRONMENT_UNKNOWN("EnvironmentUnknown"),
    RESOURCE_TOTAL("ResourceTotal"),
    NOT_ENOUGH_EPHEMERAL_STORAGE("NotEnoughEphemeralStorage"),
    AGENT_TOO_OLD("AgentTooOld");

    private final String text;

    RefusalReason(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }
}
