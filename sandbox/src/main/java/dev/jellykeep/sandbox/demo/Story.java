package dev.jellykeep.sandbox.demo;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.RunningStandIn;
import dev.jellykeep.sandbox.standin.StandIn;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.sandbox.writer.CommitJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A server's life with Jellykeep: first start, backups under load, a crash that takes the disk, a restore, a clean
/// end, a cold start. Each claim is checked; the first that does not hold ends the story.
final class Story {

    private static final int LIBRARY_MEGABYTES = 20;
    private static final int WRITES_PER_SECOND = 200;
    private static final Duration BOUND = Duration.ofSeconds(90);

    private final Narrator narrator;
    private final DemoAgent agent;
    private final JellyfinFolders folders;
    private final Path disk;
    private final Path work;
    private final Path journal;
    private @Nullable RunningStandIn server;
    private @Nullable ChildProcess sidecar;
    private int archives;
    private long safe;

    /// @param disk what is lost with the replica; the data folders lie below it
    /// @param work for logs and the journal of commits, which outlives the disk
    Story(Narrator narrator, DemoAgent agent, JellyfinFolders folders, Path disk, Path work) {
        this.narrator = narrator;
        this.agent = agent;
        this.folders = folders;
        this.disk = disk;
        this.work = work;
        this.journal = work.resolve("commits");
    }

    void tell() throws IOException {
        narrator.say("A new server");
        narrator.step(this::begin);
        narrator.step(this::startBoth);
        narrator.step(this::refuseToSaveNothing);
        narrator.step(this::setUp);
        narrator.say("Backups under load");
        narrator.step(this::scheduledBackup);
        narrator.step(this::requestedBackup);
        narrator.say("A crash that takes the disk");
        narrator.step(this::crash);
        narrator.step(this::restore);
        narrator.step(this::checkAfterCrash);
        narrator.say("Scale to zero and a cold start");
        narrator.step(this::goOn);
        narrator.step(this::endCleanly);
        narrator.step(this::restore);
        narrator.step(this::checkNothingLost);
    }

    private String begin() throws IOException {
        Files.createDirectories(folders.dataDir());
        agent.succeed("init");
        agent.succeed("restore");
        return "lineage created; restore proved that there is no backup: starts empty";
    }

    private String startBoth() {
        startServer();
        startSidecar();
        return "Jellyfin (stand-in) started with the agent beside it, %d writes a second".formatted(WRITES_PER_SECOND);
    }

    private String refuseToSaveNothing() {
        agent.refuse("backup");
        check(agent.archives() == 0, "There is an archive of a server that nobody has set up.");
        return "before the setup wizard is done nothing is worth a backup: none made";
    }

    private String setUp() {
        server().completeWizard("admin");
        server().createUser("user-2");
        server().createUser("user-3");
        server().growLibrary(LIBRARY_MEGABYTES);
        return "wizard completed, 3 users, library of %d MB (%d items)"
                .formatted(LIBRARY_MEGABYTES, server().facts().items());
    }

    private String scheduledBackup() throws IOException {
        archives = agent.awaitArchives(agent.archives(), sidecar());
        return "scheduled backup beside the writing server, at commit " + noted();
    }

    private String requestedBackup() throws IOException {
        safe = awaitCommits(WRITES_PER_SECOND);
        agent.succeed("backup");
        int now = agent.archives();
        check(now > archives, "A backup was asked for and acknowledged, but there is no new archive.");
        archives = now;
        return "backup on request: everything up to commit %d is safe".formatted(safe);
    }

    private String crash() throws IOException {
        long _ = awaitCommits(WRITES_PER_SECOND / 2);
        sidecar().kill();
        server().kill();
        sidecar().close();
        Trees.delete(disk);
        return "server and agent killed while writing commit %d; the disk is gone".formatted(noted());
    }

    private String restore() throws IOException {
        Files.createDirectories(folders.dataDir());
        agent.succeed("restore");
        return "restored to an empty disk by ./jellykeep restore";
    }

    private String checkAfterCrash() throws IOException {
        long noted = noted();
        startServer();
        StandInFacts facts = checkedFacts(3);
        check(
                facts.lastCommitted() >= safe,
                "Commit %d was safe, but the restored data ends with %d.".formatted(safe, facts.lastCommitted()));
        return "login, 3 users, %d items, no torn write; lost: %d commits since the backup"
                .formatted(facts.items(), Math.max(0, noted - facts.lastCommitted()));
    }

    private String goOn() {
        String restored = agent.head();
        startSidecar();
        server().createUser("user-4");
        agent.awaitOtherHead(restored, sidecar());
        archives = agent.archives();
        return "the agent took over the lineage and goes on saving; a fourth user";
    }

    private String endCleanly() throws IOException {
        sidecar().terminate();
        safe = server().stop(BOUND);
        int code = sidecar().awaitExit(BOUND);
        if (code != 0) {
            throw new DemoFailure("The agent ended with exit code " + code + " after SIGTERM.", sidecar());
        }
        agent.succeed("status");
        Trees.delete(disk);
        return "SIGTERM to both: final backup, lineage sealed at commit %d; the disk is gone".formatted(safe);
    }

    private String checkNothingLost() {
        startServer();
        // The server has just started and may have written: what it found is in its own first words.
        long found = Long.parseLong(server().process()
                .awaitLine(java.util.regex.Pattern.compile("^stand-in ready: .* last commit (\\d+)$"), BOUND)
                .group(1));
        check(
                found == safe,
                "The server ended with commit %d, but the restored data ends with %d.".formatted(safe, found));
        StandInFacts facts = checkedFacts(4);
        long _ = server().stop(BOUND);
        return "login, 4 users, %d items, commit %d: nothing lost".formatted(facts.items(), found);
    }

    private void startServer() {
        server = StandIn.in(folders)
                .writesPerSecond(WRITES_PER_SECOND)
                .commitJournal(journal)
                .start(work);
    }

    private void startSidecar() {
        sidecar = agent.sidecar(server().healthUrl().toString());
    }

    private StandInFacts checkedFacts(int users) {
        StandInFacts facts = server().facts();
        check(facts.wizardCompleted(), "The setup wizard is back.");
        check(facts.users() == users, "There should be %d users: %s".formatted(users, facts));
        check(facts.administrators() == 1, "There should be one administrator: " + facts);
        check(facts.items() > 0 && facts.playStates() > 0, "The library is gone: " + facts);
        check(facts.sumHolds(), "A write is torn: " + facts);
        return facts;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw sidecar == null ? new DemoFailure(otherwise) : new DemoFailure(otherwise, sidecar);
        }
    }

    /// Waits until the server has committed this many more.
    ///
    /// @return the last commit noted then
    private long awaitCommits(int more) throws IOException {
        long target = noted() + more;
        long deadline = System.nanoTime() + BOUND.toNanos();
        while (noted() < target) {
            if (System.nanoTime() > deadline) {
                throw new DemoFailure("The server has stopped writing.", server().process());
            }
            Thread.onSpinWait();
        }
        return noted();
    }

    private long noted() throws IOException {
        return CommitJournal.last(journal).orElse(0);
    }

    private RunningStandIn server() {
        return java.util.Objects.requireNonNull(server, "the server has not been started yet");
    }

    private ChildProcess sidecar() {
        return java.util.Objects.requireNonNull(sidecar, "the agent has not been started yet");
    }
}
