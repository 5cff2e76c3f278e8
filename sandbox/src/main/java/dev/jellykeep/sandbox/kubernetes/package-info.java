/// A real Kubernetes API server with its etcd, as processes of this machine, and `kubectl` for it.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.kubernetes;
