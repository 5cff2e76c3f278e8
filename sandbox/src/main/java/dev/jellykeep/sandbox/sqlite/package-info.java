/// SQLite files as the sandbox opens and judges them.
@NullMarked
package dev.jellykeep.sandbox.sqlite;

import org.jspecify.annotations.NullMarked;
