/// Data for the benchmarks in `bench/`.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.bench;
