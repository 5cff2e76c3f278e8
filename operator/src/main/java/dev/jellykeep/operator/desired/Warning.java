package dev.jellykeep.operator.desired;

/// What somebody should know about a plan that is carried out all the same.
///
/// @param message what, on what, what to do
public record Warning(WarningReason reason, String message) {}
