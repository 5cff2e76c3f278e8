/// The port behind which replicas run, and replicas that are only simulated.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.replica;
