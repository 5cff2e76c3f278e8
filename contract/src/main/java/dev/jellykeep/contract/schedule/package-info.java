/// When the next scheduled backup is due (pure).
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.schedule;
