/// The story that `./demo` plays and prints.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.scenarios.demo;
