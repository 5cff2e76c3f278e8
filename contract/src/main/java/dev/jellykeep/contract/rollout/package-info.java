/// What operators leave to each other of a rollout.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.rollout;
