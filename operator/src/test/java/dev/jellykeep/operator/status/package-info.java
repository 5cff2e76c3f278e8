@org.jspecify.annotations.NullMarked
package dev.jellykeep.operator.status;
