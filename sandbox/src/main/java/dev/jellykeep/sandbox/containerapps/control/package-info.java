/// What tests and people see and steer beside ARM.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.containerapps.control;
