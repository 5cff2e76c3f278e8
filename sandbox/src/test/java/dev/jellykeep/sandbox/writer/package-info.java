@NullMarked
package dev.jellykeep.sandbox.writer;

import org.jspecify.annotations.NullMarked;
