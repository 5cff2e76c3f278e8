@NullMarked
package dev.jellykeep.agent.report;

import org.jspecify.annotations.NullMarked;
