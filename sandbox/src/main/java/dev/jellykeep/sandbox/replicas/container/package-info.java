/// One container: its root, its processes, its signals.
@NullMarked
package dev.jellykeep.sandbox.replicas.container;

import org.jspecify.annotations.NullMarked;
