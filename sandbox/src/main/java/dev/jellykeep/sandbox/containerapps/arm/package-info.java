/// What all of ARM has in common: resource ids, api-versions, errors.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.arm;
