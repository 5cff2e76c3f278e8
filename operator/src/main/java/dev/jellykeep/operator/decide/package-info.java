/// What to do next about one policy; pure.
@NullMarked
package dev.jellykeep.operator.decide;

import org.jspecify.annotations.NullMarked;
