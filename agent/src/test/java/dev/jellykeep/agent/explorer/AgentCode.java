package dev.jellykeep.agent.explorer;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Ticker;
import dev.jellykeep.agent.backup.Saver;
import dev.jellykeep.agent.data.StillWriting;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.agent.report.Journal;
import dev.jellykeep.agent.restore.DocumentCare;
import dev.jellykeep.agent.restore.Expectation;
import dev.jellykeep.agent.restore.HandOff;
import dev.jellykeep.agent.restore.LocalData;
import dev.jellykeep.agent.restore.Opener;
import dev.jellykeep.agent.restore.Restore;
import dev.jellykeep.agent.run.AppExit;
import dev.jellykeep.agent.run.HealthProbe;
import dev.jellykeep.agent.run.ReportBoard;
import dev.jellykeep.agent.run.Requests;
import dev.jellykeep.agent.run.Sidecar;
import dev.jellykeep.agent.run.SidecarAttempts;
import dev.jellykeep.agent.run.StopSignal;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.contract.retention.RetentionRules;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The agent's own classes, put together as `restore` and `run` do. Only what they touch is played: the store, the
/// snapshot and its place on the disk, the app, and time. Time is whatever the explorer makes of it: each turn
/// everything is due, and each wait may be over.
final class AgentCode {
    static final Duration STALE_AFTER = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofMinutes(10);
    /// As few as the rules allow: the head and the archive before it stay whatever they say.
    private static final RetentionRules RULES = new RetentionRules(1, 0, 0, 0, 0, 0, null, 1);

    private static final Journal SILENT = (_, _, _) -> {};

    private final Played played;
    private final Program program;
    private final AskedStore store;
    private final LineageStore lineage;
    private final Expectation expected =
            new Expectation(Program.LINEAGE, null, true, null, null, new Opener(null, null, null, null), Set.of());
    private final PlayedData data;
    private @Nullable Sidecar sidecar;
    private @Nullable Memory memory;
    private long turns;
    private long nanos;

    AgentCode(Played played, Program program) {
        this.played = played;
        this.program = program;
        this.store = new AskedStore(played);
        this.lineage = new LineageStore(store, STALE_AFTER);
        this.data = new PlayedData(played, store, program.index());
    }

    void run() {
        ReplicaIdentity identity = program.identity();
        if (identity == null) {
            restore();
        } else {
            new SidecarAttempts(stop, GRACE, ticker, SILENT).run(() -> serve(identity));
        }
    }

    private void restore() {
        HandOff handOff = new HandOff(STALE_AFTER, ticker, SILENT);
        Restore restore = new Restore(
                new Restore.Tools(data, store, lineage, handOff, SILENT, clock, () -> Program.id(program.replica())));
        try {
            var _ = restore.attempt(expected);
        } catch (StoreException e) {
            played.ask(new Call.End("AGAIN"));
        } catch (AgentException e) {
            played.ask(new Call.End(e.reason().name()));
        }
    }

    private void serve(ReplicaIdentity identity) {
        String me = identity.replica().toString();
        Supplier<Reading.Present> document =
                () -> DocumentCare.ensure(store, lineage, new LocalData.Ours(identity, true), expected, SILENT);
        Reading.Present first = document.get();
        Sidecar.Tools tools = new Sidecar.Tools(
                store,
                lineage,
                document,
                new Saver(store, lineage, data, identity, true, SILENT),
                new Pruner(store, lineage, SILENT),
                new Requests(store),
                () -> played.ask(new Call.Health()).equals(Reply.YES)
                        ? HealthProbe.Answer.HEALTHY
                        : HealthProbe.Answer.NOT_HEALTHY,
                exit,
                new ReportBoard(ReportDraft.blank(me, null, "waiting-for-app", "agent", null, null), clock),
                new Schedule(Duration.ofHours(1), Duration.ZERO, 0),
                true,
                program.prunes() ? RULES : null,
                Duration.ZERO,
                GRACE,
                List.of(),
                SILENT,
                clock,
                ticker,
                () -> 0,
                null);
        sidecar = new Sidecar(tools, me, first);
        memory = new Memory(sidecar, tools, data);
        try {
            sidecar.run(stop);
        } finally {
            sidecar = null;
            memory = null;
        }
    }

    private final StopSignal stop = new StopSignal() {
        @Override
        public boolean isTold() {
            return AgentCode.this.played.ask(new Call.Told()).equals(Reply.YES);
        }

        @Override
        public boolean await(Duration most) {
            turns++;
            Memory known = memory;
            var _ = AgentCode.this.played.ask(
                    new Call.Turn(known == null ? "not set up, " + data.index() : known.text()));
            return false;
        }

        @Override
        public Duration since() {
            return AgentCode.this.played.ask(new Call.SinceTold()) instanceof Reply.Number(int seconds)
                    ? Duration.ofSeconds(seconds)
                    : Duration.ZERO;
        }
    };

    /// Every second turn it is a day earlier: a schedule that sees its clock set back has a backup due at once.
    private final InstantSource clock = () -> {
        Instant now = AskedStore.NOW;
        return turns % 2 == 0 ? now : now.minus(Duration.ofDays(1));
    };

    private final Ticker ticker = new Ticker() {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public void pause(Duration most) {
            if (AgentCode.this.played.ask(new Call.Pause()).equals(Reply.NO)) {
                nanos += Duration.ofHours(1).toNanos();
            }
        }
    };

    private final AppExit exit = new AppExit() {
        @Override
        public Gone await(BooleanSupplier goOn) {
            boolean gone = AgentCode.this.played.ask(new Call.Exit()).equals(Reply.YES);
            return new Gone(gone, look());
        }

        @Override
        public StillWriting look() {
            return new StillWriting(Map.of("jellyfin.db", new StillWriting.Look(1, data.now())));
        }
    };
}
