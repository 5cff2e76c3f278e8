package dev.jellykeep.contract.retention;

/// Why an archive stays or goes.
///
/// @param text for people, without capital and full stop: `newest of day 2026-02-03 (2 of 14)`
public record Reason(Rule rule, String text) {}
