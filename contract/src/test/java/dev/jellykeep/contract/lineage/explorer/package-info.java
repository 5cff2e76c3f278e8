/// Walks through what two or three replicas, the platform and its faults can do to one lineage, with the
/// real transitions, and checks the invariants at each step.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.lineage.explorer;
