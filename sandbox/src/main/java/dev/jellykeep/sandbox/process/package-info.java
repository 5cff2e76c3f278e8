@NullMarked
package dev.jellykeep.sandbox.process;

import org.jspecify.annotations.NullMarked;
