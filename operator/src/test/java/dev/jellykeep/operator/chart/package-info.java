/// The Helm chart in `charts/jellykeep`, by real Helm.
@NullMarked
package dev.jellykeep.operator.chart;

import org.jspecify.annotations.NullMarked;
