/// What the hand-written backup scripts left behind, which Jellykeep has to restore.
@NullMarked
package dev.jellykeep.sandbox.original;

import org.jspecify.annotations.NullMarked;
