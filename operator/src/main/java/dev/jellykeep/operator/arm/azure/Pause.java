package dev.jellykeep.operator.arm.azure;

import java.time.Duration;

/// Waiting, so that tests needn't.
interface Pause {
    void of(Duration duration) throws InterruptedException;
}
