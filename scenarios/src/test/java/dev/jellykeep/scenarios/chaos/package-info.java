@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.chaos;
