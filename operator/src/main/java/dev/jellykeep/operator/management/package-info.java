/// What the kubelet and Prometheus ask.
@NullMarked
package dev.jellykeep.operator.management;

import org.jspecify.annotations.NullMarked;
