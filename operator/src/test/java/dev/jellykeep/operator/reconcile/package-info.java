@NullMarked
package dev.jellykeep.operator.reconcile;

import org.jspecify.annotations.NullMarked;
