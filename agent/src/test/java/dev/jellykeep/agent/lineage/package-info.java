@NullMarked
package dev.jellykeep.agent.lineage;

import org.jspecify.annotations.NullMarked;
