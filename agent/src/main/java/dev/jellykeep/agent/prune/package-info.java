@org.jspecify.annotations.NullMarked
package dev.jellykeep.agent.prune;
