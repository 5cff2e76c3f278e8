/// What stays of a lineage, and what goes.
@NullMarked
package dev.jellykeep.agent.prune;

import org.jspecify.annotations.NullMarked;
