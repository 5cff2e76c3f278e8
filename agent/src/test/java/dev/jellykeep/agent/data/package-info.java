@NullMarked
package dev.jellykeep.agent.data;

import org.jspecify.annotations.NullMarked;
