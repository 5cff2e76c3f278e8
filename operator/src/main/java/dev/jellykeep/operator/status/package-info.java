/// What a policy's status says; pure.
@NullMarked
package dev.jellykeep.operator.status;

import org.jspecify.annotations.NullMarked;
