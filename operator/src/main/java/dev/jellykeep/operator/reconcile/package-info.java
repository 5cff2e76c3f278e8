/// Observe, plan, act, status: one policy at a time.
@NullMarked
package dev.jellykeep.operator.reconcile;

import org.jspecify.annotations.NullMarked;
