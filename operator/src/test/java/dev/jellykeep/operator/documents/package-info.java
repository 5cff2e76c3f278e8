/// What people read is true: its links lead somewhere, its commands exist, its YAML is accepted.
@NullMarked
package dev.jellykeep.operator.documents;

import org.jspecify.annotations.NullMarked;
