/// A process that writes to a database as fast as it can, and the check of what a copy of it holds.
@NullMarked
package dev.jellykeep.sandbox.writer;

import org.jspecify.annotations.NullMarked;
