@NullMarked
package dev.jellykeep.agent.archive;

import org.jspecify.annotations.NullMarked;
