/// Plans for apps as ARM shows them.
@NullMarked
package dev.jellykeep.operator.desired;

import org.jspecify.annotations.NullMarked;
