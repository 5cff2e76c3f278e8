/// Every setting of the agent: one catalogue, how its text is read, and the values that come of it.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.settings;
