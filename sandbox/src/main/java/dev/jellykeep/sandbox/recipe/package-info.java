/// The scripts below `tools/` that install the servers which tests and the demo use.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.recipe;
