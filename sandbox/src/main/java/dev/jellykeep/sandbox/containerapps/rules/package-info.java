/// What Container Apps refuses in an app that is written.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.rules;
