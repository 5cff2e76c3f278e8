/// Servers, disks, sizes and users that make it hard for a backup: nothing bad may become the head, nobody may be
/// harmed.
@NullMarked
package dev.jellykeep.agent.torment;

import org.jspecify.annotations.NullMarked;
