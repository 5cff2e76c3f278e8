package dev.jellykeep.agent.attack.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.process.JavaProcess;
import dev.jellykeep.store.BlobStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `tools/attack-store` has found, and a few points of what it tries all of. `-Dseed=N` chooses them.
class StoreAttackTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir
    static Path shared;

    private static Base base;

    @TempDir
    Path work;

    @BeforeAll
    static void twoArchives() throws IOException {
        base = Base.make(Files.createDirectories(shared.resolve("base")), Place::withFolder, 0);
    }

    @Test
    void aBackupThatCouldNotBeStoredIsNotCalledSaved() throws IOException {
        Place place = StoreVictim.BACKUP.prepare(work.resolve("place"), base);
        place.rest();
        StoreAttack attack = new StoreAttack(StoreAttack.Kind.FAILS, at("commit"));
        StoreVictim.BACKUP.act(place, attack).expect(ExitCode.STORE_UNREACHABLE);
        LineageDocument document = place.document().orElseThrow();
        assertThat(document.sealed()).isFalse();
        assertThat(document.holder()).as("nobody waits for it").isNull();
    }

    @Test
    void aBackupThatAGuardRefusesIsNotCalledSaved() throws IOException {
        Place place = StoreVictim.BACKUP.prepare(work.resolve("place"), base);
        place.rest();
        place.cli().with("JELLYKEEP_MIN_SIZE", "1Gi").run("backup").expect(ExitCode.REFUSED);
        assertThat(place.document().orElseThrow().sealed()).isFalse();
    }

    @Test
    void anotherArchiveUnderTheHeadsNameIsNotTakenForTheHead() throws IOException {
        Place place = base.copy(work.resolve("place"), true, false);
        try (BlobStore ours = place.open()) {
            Planted.THE_HEAD_REPLACED_BY_AN_OLDER_ONE.plant(new Scene(ours, ours, new Random(SEED)));
        }
        place.cli().run("verify").expect(ExitCode.NO_GOOD_ARCHIVE);
        Cli.Answer answer = place.cli().run("restore").expect(ExitCode.OK);
        assertThat(answer.err()).contains("its digest is not the one in lineage.json: it was replaced");
    }

    @Test
    void anotherLineagesArchiveWithOurMetadataDoesNotComeBack() throws IOException {
        Place strange = Place.withFolder(work.resolve("strange"));
        Place other = Base.make(work.resolve("other"), Place::withFolder, 0).before();
        strange.takeStore(other);
        Place place = base.copy(work.resolve("place"), true, false);
        try (BlobStore ours = place.open();
                BlobStore theirs = strange.open()) {
            Planted.ANOTHER_LINEAGES_ARCHIVE_ON_TOP_OF_THE_HEAD.plant(new Scene(ours, theirs, new Random(SEED)));
        }
        Cli.Answer answer = place.cli().run("restore").expect(ExitCode.OK);
        assertThat(answer.err()).contains("its header is another archive's than its metadata say");
        Place.requireSame(base.back(), place.root(), Base.OLD);
    }

    @Test
    void noFaultOfTheStoreSpoilsWhatIsSavedOrComesBack() {
        run(StoreAttackMain.class, "6", Long.toString(SEED), "3");
    }

    @Test
    void noFaultOfTheServiceSpoilsWhatIsSavedOrComesBack() {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite can't run here");
        run(HttpAttackMain.class, "3", Long.toString(SEED), "3");
    }

    @Test
    void whoIsKilledAtAnyRequestLeavesNothingThatTheNextOneStumblesOver() {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite can't run here");
        run(HttpKillMain.class, "3", Long.toString(SEED), "3");
    }

    /// With the patience of the program itself, which once was shorter than that for one request.
    @Test
    void aRequestThatIsNeverAnsweredIsSentAgain() throws IOException {
        Assumptions.assumeTrue(Azurite.missing().isEmpty(), "Azurite can't run here");
        try (Azurite azurite = Azurite.start();
                HttpFront front = HttpFront.before(azurite.port(), HttpFault.SILENT, 1)) {
            String container = azurite.newContainer();
            Cli.Answer answer = new Cli()
                    .with("AZURE_STORAGE_CONNECTION_STRING", Azurite.connectionString(front.port()))
                    .with("JELLYKEEP_CONTAINER", container)
                    .run("list")
                    .expect(ExitCode.OK);
            assertThat(front.requests()).as(answer.err()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void ofTwoAgentsAtOneNameOneWinsAndNothingIsOverwritten() throws IOException, InterruptedException {
        Collision.Outcome outcome =
                Collision.prepare(work.resolve("place"), base).playAtOneName(SEED);
        assertThat(outcome.collided()).as("seed " + SEED + ": " + outcome).isTrue();
    }

    @Test
    void nothingOfAStrangersComesBack() {
        run(StrangerMain.class, "3", Long.toString(SEED), "1");
    }

    private static int at(String what) throws IOException {
        StoreAttack counting = new StoreAttack(StoreAttack.Kind.NONE, 0);
        Place place = StoreVictim.BACKUP.prepare(Files.createTempDirectory(shared, "counted"), base);
        StoreVictim.BACKUP.act(place, counting).expect(ExitCode.OK);
        for (int i = 0; i < counting.calls().size(); i++) {
            if (counting.calls().get(i).what().startsWith(what)) {
                return i + 1;
            }
        }
        throw new AssertionError(what + " is not among " + counting.calls());
    }

    private void run(Class<?> program, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = work.resolve("attack").toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        try (var attack = JavaProcess.named(program)
                .classPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .arguments(all)
                .start(work, "attack")) {
            int code = attack.awaitExit(Duration.ofMinutes(4));
            assertThat(code).as(attack.output()).isZero();
        }
    }
}
