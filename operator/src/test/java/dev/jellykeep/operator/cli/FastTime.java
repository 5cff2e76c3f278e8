package dev.jellykeep.operator.cli;

import dev.jellykeep.operator.kube.Tempo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that goes many times as fast from now on, so that an hour for real can be waited for.
record FastTime(int times, Instant began, long beganNanos) implements InstantSource {
    static FastTime times(int times) {
        return new FastTime(times, Instant.now(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        return began.plusNanos((System.nanoTime() - beganNanos) * times);
    }

    Tempo tempo() {
        return new Tempo(this, pause -> pause.dividedBy(times));
    }

    /// What really passes while so much of this time does.
    Duration real(Duration length) {
        return length.dividedBy(times);
    }
}
