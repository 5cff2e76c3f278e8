@org.jspecify.annotations.NullMarked
package dev.jellykeep.operator.arm.azure;
