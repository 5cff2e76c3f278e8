/// A network that fails on purpose.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.fault;
