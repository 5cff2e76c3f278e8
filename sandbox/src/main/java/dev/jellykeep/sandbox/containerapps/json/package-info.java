/// JSON trees and RFC 7396.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.json;
