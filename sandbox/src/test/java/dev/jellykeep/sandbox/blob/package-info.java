@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.blob;
