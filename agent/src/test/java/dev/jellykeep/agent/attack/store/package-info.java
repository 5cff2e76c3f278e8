/// Attacks on the agent through its blob store.
@NullMarked
package dev.jellykeep.agent.attack.store;

import org.jspecify.annotations.NullMarked;
