/// Which paths of the data root belong to a snapshot.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.glob;
