/// `infra/` does what it says, without Azure: its Bicep is evaluated, and what comes of it goes to the emulator.
@NullMarked
package dev.jellykeep.operator.infra;

import org.jspecify.annotations.NullMarked;
