/// Apps, revisions, replicas and operations, moved on by the clock.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.state;
