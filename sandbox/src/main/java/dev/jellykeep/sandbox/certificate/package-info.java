/// A certificate authority that lives as long as a sandbox.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.certificate;
