/// Faults by enumeration: each call of the agent to the file system is made to fail, or to be its last.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.agent.attack;
