/// Managed identities as containers meet them: an endpoint for each replica, and the tokens that it gives.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.identity;
