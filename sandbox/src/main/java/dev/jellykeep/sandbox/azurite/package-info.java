/// A real Blob service on loopback: Azurite, installed by `tools/azurite/install`.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.azurite;
