@NullMarked
package dev.jellykeep.sandbox.sqlite;

import org.jspecify.annotations.NullMarked;
