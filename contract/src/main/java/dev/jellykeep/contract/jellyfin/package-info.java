/// What is known of Jellyfin's versions.
@NullMarked
package dev.jellykeep.contract.jellyfin;

import org.jspecify.annotations.NullMarked;
