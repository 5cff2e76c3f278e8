/// Names of the blobs below the configured prefix, and what a name found in a listing is.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.layout;
