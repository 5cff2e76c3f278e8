/// Many backups in a row under a writer that never rests.
@NullMarked
package dev.jellykeep.agent.soak;

import org.jspecify.annotations.NullMarked;
