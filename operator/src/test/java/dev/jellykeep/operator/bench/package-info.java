/// What many policies cost one operator, measured: `bench/policies`.
@NullMarked
package dev.jellykeep.operator.bench;

import org.jspecify.annotations.NullMarked;
