/// A whole Azure on this machine: emulator, storage account, identities and ingress, put together.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.local;
