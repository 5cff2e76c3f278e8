/// What replicas write to, and how much it is.
@NullMarked
package dev.jellykeep.sandbox.replicas.volume;

import org.jspecify.annotations.NullMarked;
