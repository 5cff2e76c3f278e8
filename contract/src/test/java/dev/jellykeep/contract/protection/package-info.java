@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.protection;
