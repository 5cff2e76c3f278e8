/// Random scenarios: what may happen to a server, in any order, and what must still be true.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.chaos;
