@NullMarked
package dev.jellykeep.agent.restore;

import org.jspecify.annotations.NullMarked;
