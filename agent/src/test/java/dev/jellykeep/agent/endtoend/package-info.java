/// The agent as people and containers meet it: its command line on a real server's files and a real store.
@NullMarked
package dev.jellykeep.agent.endtoend;

import org.jspecify.annotations.NullMarked;
