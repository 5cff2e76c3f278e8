/// The images, taken apart and run.
@NullMarked
package dev.jellykeep.images;

import org.jspecify.annotations.NullMarked;
