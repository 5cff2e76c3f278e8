/// A stand-in for Jellyfin: writes the same files in the same way, answers the same public endpoints.
@NullMarked
package dev.jellykeep.sandbox.standin;

import org.jspecify.annotations.NullMarked;
