/// An emulator of the Container Apps API of Azure Resource Manager, written from `container-apps.md`.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps;
