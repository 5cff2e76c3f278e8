/// What is started: the operator, and its wiring.
@NullMarked
package dev.jellykeep.operator.cli;

import org.jspecify.annotations.NullMarked;
