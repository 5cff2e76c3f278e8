/// Whether the data are protected, decided alike by everybody who asks.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.protection;
