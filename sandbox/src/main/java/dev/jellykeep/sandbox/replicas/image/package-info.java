/// What runs for an image.
@NullMarked
package dev.jellykeep.sandbox.replicas.image;

import org.jspecify.annotations.NullMarked;
