/// The story that `./demo` tells.
@NullMarked
package dev.jellykeep.sandbox.demo;

import org.jspecify.annotations.NullMarked;
