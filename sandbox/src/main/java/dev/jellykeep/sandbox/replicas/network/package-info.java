/// Where replicas are reached: a bridge, and a network namespace for each of them.
@NullMarked
package dev.jellykeep.sandbox.replicas.network;

import org.jspecify.annotations.NullMarked;
