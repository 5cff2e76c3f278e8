/// Ids that both programs compute alike without talking to each other.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.identity;
