@NullMarked
package dev.jellykeep.sandbox.original;

import org.jspecify.annotations.NullMarked;
