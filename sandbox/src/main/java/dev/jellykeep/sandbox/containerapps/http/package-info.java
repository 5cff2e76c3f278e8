/// The server: who may call, what is journalled, which faults come first, where requests go.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.http;
