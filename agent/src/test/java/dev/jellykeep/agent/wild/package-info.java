/// Data roots with everything in them that a file system allows, saved and restored by the program itself.
@NullMarked
package dev.jellykeep.agent.wild;

import org.jspecify.annotations.NullMarked;
