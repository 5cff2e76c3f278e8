/// All ways in which several agents may meet: their own code, call by call, on a store and a platform that do what
/// they please.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.agent.explorer;
