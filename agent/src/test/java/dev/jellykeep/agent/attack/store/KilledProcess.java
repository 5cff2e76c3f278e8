package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An agent as a process of its own, which ends by SIGKILL at one of its HTTP requests.
final class KilledProcess implements AutoCloseable {
    private static final int SIGKILLED = 128 + 9;

    private final Place place;
    private final StoreVictim victim;
    private final CompletableFuture<ChildProcess> agent = new CompletableFuture<>();
    private @Nullable Integer code;

    KilledProcess(Place place, StoreVictim victim) {
        this.place = place;
        this.victim = victim;
    }

    /// Starts it and waits for its end.
    ///
    /// @param port of the Blob service
    /// @return the requests that were made
    List<String> play(int port, HttpFault fault, int at) throws IOException {
        try (HttpFront front =
                HttpFront.before(port, fault, at, () -> agent.join().kill())) {
            boolean sidecar = victim == StoreVictim.RUN;
            Optional<Listed> before = head();
            Cli cli = sidecar ? AttackedRun.sidecar(place, AttackedRun.GRACE) : place.cli();
            JavaProcess program = JavaProcess.named(Main.class)
                    .classPath(
                            Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                                    .map(Path::of)
                                    .toArray(Path[]::new))
                    .arguments(sidecar ? new String[] {"run"} : victim.command(place));
            cli.environment().forEach(program::environment);
            HttpPlaces.through(front.port()).forEach(program::environment);
            ChildProcess child = program.start(place.at().resolve("logs"), "agent");
            agent.complete(child);
            if (sidecar) {
                Await.until(() -> "a backup\n" + child.output(), () -> !child.alive() || !head().equals(before));
                place.write(Base.LAST);
                child.terminate();
            }
            code = child.awaitExit(Await.BOUND);
            return front.requests();
        }
    }

    boolean wasKilled() {
        return code != null && code == SIGKILLED;
    }

    /// What became of it.
    StoreVictim.Ended ended() {
        ExitCode told = Stream.of(ExitCode.values())
                .filter(each -> code != null && each.number() == code)
                .findFirst()
                .orElse(null);
        return new StoreVictim.Ended(told, code + " " + agent.join().tail(3));
    }

    private Optional<Listed> head() {
        return place.document().flatMap(LineageDocument::head);
    }

    @Override
    public void close() {
        if (agent.isDone()) {
            agent.join().close();
        }
    }
}
