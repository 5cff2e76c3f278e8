@NullMarked
package dev.jellykeep.operator.management;

import org.jspecify.annotations.NullMarked;
