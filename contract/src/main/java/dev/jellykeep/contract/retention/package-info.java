/// Which archives of a lineage's history stay, and why (pure).
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.retention;
