@NullMarked
package dev.jellykeep.agent.snapshot;

import org.jspecify.annotations.NullMarked;
