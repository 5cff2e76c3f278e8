/// A family's server on a local Azure, with a cluster beside it: everything that a scenario steers and looks at.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.town;
