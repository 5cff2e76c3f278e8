package dev.jellykeep.operator.status;

/// A condition without its times.
///
/// @param type such as `Protected`
/// @param reason one stable word
public record Finding(String type, Truth truth, String reason, String message) {}
