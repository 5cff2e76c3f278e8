package dev.jellykeep.scenarios.town;

/// Resource ids of what a family has on Azure.
public final class Ids {
    public static final String GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/media";
    public static final String ENVIRONMENT = GROUP + "/providers/Microsoft.App/managedEnvironments/family";
    public static final String APP = GROUP + "/providers/Microsoft.App/containerApps/jellyfin";
    public static final String IDENTITY =
            GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/jellyfin-backup";

    /// The app's name, and that of the container.
    public static final String JELLYFIN = "jellyfin";

    private Ids() {}
}
