package dev.jellykeep.operator.decide;

/// Something that happened, for an event.
///
/// @param warning somebody should look at it
/// @param reason one stable word
public record Note(boolean warning, String reason, String message) {}
