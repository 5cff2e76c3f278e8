/// What policies may make the operator touch; pure.
@NullMarked
package dev.jellykeep.operator.scope;

import org.jspecify.annotations.NullMarked;
