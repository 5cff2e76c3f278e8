package dev.jellykeep.contract.settings;

import java.time.Duration;

/// How the process itself runs.
///
/// @param grace from SIGTERM to SIGKILL
/// @param staleAfter at least twice `heartbeat`
/// @param poll of the lineage document
/// @param managementPort 0: any free one
public record RunSettings(
        Duration grace,
        Duration staleAfter,
        Duration heartbeat,
        Duration poll,
        int managementPort,
        LogFormat logFormat) {}
