/// Replicas that really run: a revision's containers as processes of this machine.
@NullMarked
package dev.jellykeep.sandbox.replicas;

import org.jspecify.annotations.NullMarked;
