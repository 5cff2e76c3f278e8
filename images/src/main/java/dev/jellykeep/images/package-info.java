/// Container images of the agent and the operator, put together from what the build has made, without a container
/// engine.
@NullMarked
package dev.jellykeep.images;

import org.jspecify.annotations.NullMarked;
