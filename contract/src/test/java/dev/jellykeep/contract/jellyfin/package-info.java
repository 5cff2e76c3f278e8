@NullMarked
package dev.jellykeep.contract.jellyfin;

import org.jspecify.annotations.NullMarked;
