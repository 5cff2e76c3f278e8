/// Trains the agent's AOT cache during the build.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.training;
