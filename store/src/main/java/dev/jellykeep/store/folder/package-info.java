@org.jspecify.annotations.NullMarked
package dev.jellykeep.store.folder;
