/// What a backup takes as it is, because SQLite can't copy it.
@NullMarked
package dev.jellykeep.agent.backup;

import org.jspecify.annotations.NullMarked;
