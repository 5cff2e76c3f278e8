package dev.jellykeep.operator.api;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/// What policies in some namespaces may make the operator touch. Without one, nothing.
@Group("jellykeep.dev")
@Version("v1alpha1")
@ShortNames("jbscope")
@Categories("backup")
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class ContainerAppScope extends CustomResource<ScopeSpec, Void> {
    private static final long serialVersionUID = 1;

    @Override
    @Required
    public ScopeSpec getSpec() {
        return super.getSpec();
    }
}
