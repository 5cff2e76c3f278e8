/// HTTP/1.1 passed on from one connection to another, as streams: what stands before a service and decides on each
/// request.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.gateway;
