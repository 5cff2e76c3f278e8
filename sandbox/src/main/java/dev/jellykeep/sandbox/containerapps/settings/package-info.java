/// What can be switched: quirks, times, headers, limits.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.settings;
