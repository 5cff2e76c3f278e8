/// A Kubernetes with Jellykeep's operator beside a town: {@link dev.jellykeep.scenarios.cluster.Kubernetes} is real
/// or a mock, and whoever plays a story doesn't know which.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.cluster;
