/// What is asked of the agents through `control/`.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.request;
