/// Console and system logs, shaped as `az containerapp logs show` prints them.
@NullMarked
package dev.jellykeep.sandbox.replicas.log;

import org.jspecify.annotations.NullMarked;
