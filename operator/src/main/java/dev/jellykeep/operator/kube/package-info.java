/// The operator's side of Kubernetes: events in, status and events out.
@NullMarked
package dev.jellykeep.operator.kube;

import org.jspecify.annotations.NullMarked;
