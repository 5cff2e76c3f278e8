/// What the operator sees of a policy's archives, and asks of agents, in Blob.
@NullMarked
package dev.jellykeep.operator.archives;

import org.jspecify.annotations.NullMarked;
