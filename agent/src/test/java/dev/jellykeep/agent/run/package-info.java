@NullMarked
package dev.jellykeep.agent.run;

import org.jspecify.annotations.NullMarked;
