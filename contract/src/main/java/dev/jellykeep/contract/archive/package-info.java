/// What an archive is and says about itself.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.archive;
