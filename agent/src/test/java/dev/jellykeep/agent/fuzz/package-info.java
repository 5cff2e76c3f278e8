/// What reads texts of others, given whatever reaches new code. `tools/fuzz` looks for more; what it found lies in the
/// resources and is read in each build.
@NullMarked
package dev.jellykeep.agent.fuzz;

import org.jspecify.annotations.NullMarked;
