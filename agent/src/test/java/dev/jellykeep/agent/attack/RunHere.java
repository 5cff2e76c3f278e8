package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.Outside;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// `run` in this process, left alone.
final class RunHere {
    private final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    private final CompletableFuture<Cli.Answer> answer;

    RunHere(Cli cli) {
        Cli told = cli.outside(new Outside(UnaryOperator.identity(), stop::set));
        answer = CompletableFuture.supplyAsync(
                () -> told.run("run"), work -> Thread.ofPlatform().daemon().start(work));
    }

    boolean alive() {
        return !answer.isDone();
    }

    /// Tells it to stop.
    ///
    /// @return what it said
    Cli.Answer end(Duration longest) {
        Runnable tell = Await.get(
                () -> "a `run` that can be told to stop",
                () -> alive() ? Optional.ofNullable(stop.get()) : Optional.of(() -> {}));
        tell.run();
        return answer.orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS).join();
    }
}
