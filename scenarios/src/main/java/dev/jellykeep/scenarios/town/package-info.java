/// A family's server on a local Azure: everything that a scenario steers and looks at.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.town;
