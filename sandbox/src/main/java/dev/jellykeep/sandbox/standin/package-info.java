@NullMarked
package dev.jellykeep.sandbox.standin;

import org.jspecify.annotations.NullMarked;
