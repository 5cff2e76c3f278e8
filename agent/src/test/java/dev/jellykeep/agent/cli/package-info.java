@NullMarked
package dev.jellykeep.agent.cli;

import org.jspecify.annotations.NullMarked;
