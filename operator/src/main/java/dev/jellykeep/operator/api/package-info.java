/// The resources that people write and read: `JellyfinBackupPolicy` and `ContainerAppScope`. Records, from which
/// the CRDs in `crds/` and `docs/reference/policy.md` are made.
@NullMarked
package dev.jellykeep.operator.api;

import org.jspecify.annotations.NullMarked;
