package dev.jellykeep.operator.desired;

/// Names a policy in the cluster.
public record PolicyName(String namespace, String name) {
    /// NAMESPACE/NAME, as our variable in the template has it.
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
