package dev.jellykeep.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// How one Container App with Jellyfin is kept safe, and whether it is.
@Group("jellykeep.dev")
@Version("v1alpha1")
@Plural("jellyfinbackuppolicies")
@ShortNames("jbp")
@Categories("backup")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Protected", jsonPath = ".status.conditions[?(@.type==\"Protected\")].status")
@AdditionalPrinterColumn(
        name = "Last Backup",
        jsonPath = ".status.backups.last.time",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Next", jsonPath = ".status.backups.nextDue")
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.target.latestRevision")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class JellyfinBackupPolicy extends CustomResource<PolicySpec, PolicyStatus> implements Namespaced {
    private static final long serialVersionUID = 1;

    @Override
    @Required
    public PolicySpec getSpec() {
        return super.getSpec();
    }
}
