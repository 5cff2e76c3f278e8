/// Startup, readiness and liveness.
@NullMarked
package dev.jellykeep.sandbox.replicas.probe;

import org.jspecify.annotations.NullMarked;
