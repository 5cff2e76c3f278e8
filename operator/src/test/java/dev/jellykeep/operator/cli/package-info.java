@NullMarked
package dev.jellykeep.operator.cli;

import org.jspecify.annotations.NullMarked;
