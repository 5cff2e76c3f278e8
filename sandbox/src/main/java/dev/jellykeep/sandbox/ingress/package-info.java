/// What stands between users and apps.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.ingress;
