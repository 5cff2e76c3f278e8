package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Cli;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A command in this process whose disk is attacked, until it has ended or its platform would have ended it.
final class Play {
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(10);

    /// From a kill until threads that wait for others are taken for gone.
    private static final Duration AFTER = Duration.ofMillis(250);

    private final Victim victim;
    private final Path point;
    private final Attack attack;
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private volatile String said = "killed";
    private @Nullable Long hit;
    private @Nullable Long told;

    Play(Victim victim, Path point, Attack attack) {
        this.victim = victim;
        this.point = point;
        this.attack = attack;
    }

    /// @return what the command said, beginning with its exit code; `hangs` if it neither ended nor died
    String toTheEnd() throws IOException, InterruptedException {
        long began = System.nanoTime();
        Thread thread = Thread.ofPlatform().daemon().start(this::command);
        while (thread.isAlive() && !isGone() && since(began).compareTo(LONGEST) < 0) {
            thread.join(STEP);
            Runnable tell = stop.get();
            if (hit == null && attack.isHit()) {
                hit = System.nanoTime();
            }
            if (told == null && tell != null && victim.isDue(point, hit == null ? null : since(hit))) {
                victim.last(point);
                told = System.nanoTime();
                tell.run();
            }
        }
        attack.end();
        return thread.isAlive() && !attack.isDead() ? "hangs" : said;
    }

    private void command() {
        try {
            attack.on(() -> said = told(victim.cli(point)
                    .outside(new Outside(UnaryOperator.identity(), stop::set))
                    .run(victim.command())));
        } catch (IOException | RuntimeException | Error e) {
            said = ExitCode.UNEXPECTED + " thrown: " + e;
        }
    }

    /// Nothing more is to be expected of it: it was killed, or hangs and would be.
    private boolean isGone() {
        Long since = victim == Victim.RUN && !attack.isDead() ? told : hit;
        Duration grace = victim == Victim.RUN && !attack.isDead() ? Victim.GRACE : AFTER;
        return attack.isStuck() && since != null && since(since).compareTo(grace) > 0;
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String told(Cli.Answer answer) {
        return answer.code() + " " + answer.err().strip();
    }
}
