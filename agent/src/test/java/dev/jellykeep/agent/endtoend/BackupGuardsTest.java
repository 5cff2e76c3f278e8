package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.backup.Backup;
import dev.jellykeep.agent.backup.BackupRequest;
import dev.jellykeep.agent.backup.BackupResult;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.lineage.Line;
import dev.jellykeep.agent.report.Progress;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.glob.Glob;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.contract.settings.GuardSettings;
import dev.jellykeep.sandbox.sqlite.SqliteFile;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is saved, refused or kept beside the line; nothing is staged in the store before all guards have spoken.
class BackupGuardsTest {
    private static final GuardSettings GUARDS = new GuardSettings(50 << 10, 50, false);
    private static final Line NO_TIP = new Line(null, null, false);
    private static final UUID LINEAGE = UUID.fromString("00000000-0000-4000-8000-000000000001");

    @TempDir
    Path work;

    private interface Happening {
        void now() throws IOException;
    }

    private final List<String> begun = new ArrayList<>();
    private Happening whenBegun = () -> {};
    private Installation site;
    private Workspace workspace;
    private int archives;

    @BeforeEach
    void fill() throws IOException {
        site = Installation.in(work).filled();
        workspace = Workspace.lock(site.root()).orElseThrow();
    }

    @AfterEach
    void unlock() {
        workspace.close();
    }

    /// A refused snapshot.
    enum State {
        DAMAGED(Reason.INTEGRITY, true, true),
        WITHOUT_USERS(Reason.NO_USER, false, false),
        WITHOUT_ADMINISTRATOR(Reason.NO_USER, false, true),
        WITHOUT_CONFIGURATION(Reason.WIZARD, false, true),
        WIZARD_OPEN(Reason.WIZARD, false, true),
        TOO_SMALL(Reason.MIN_SIZE, false, true),
        SHRUNK(Reason.SHRINK, true, true);

        private final Reason reason;
        private final boolean kept;
        private final boolean keptAtTheEnd;

        State(Reason reason, boolean kept, boolean keptAtTheEnd) {
            this.reason = reason;
            this.kept = kept;
            this.keptAtTheEnd = keptAtTheEnd;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBadSnapshotNeverGetsTheNameOfAGoodOne(State state) throws IOException, SQLException {
        Line line = line(state);
        GuardSettings guards = state == State.TOO_SMALL ? new GuardSettings(100L << 20, 50, false) : GUARDS;
        refused(backup(guards).make(request(line, false)), state.reason, state.kept);
        refused(backup(guards).make(request(line, true)), state.reason, state.keptAtTheEnd);
        assertThat(site.archives()).isEmpty();
    }

    private Line line(State state) throws IOException, SQLException {
        switch (state) {
            // an index that does not hold what its definition says: `quick_check` calls that "ok"
            case DAMAGED ->
                sql(
                        "PRAGMA writable_schema = ON",
                        "UPDATE sqlite_schema SET sql = 'CREATE UNIQUE INDEX \"IX_Users_Username\" ON \"Users\" (\"Id\")'"
                                + " WHERE name = 'IX_Users_Username'");
            case WITHOUT_USERS -> sql("PRAGMA foreign_keys = OFF", "DELETE FROM Permissions", "DELETE FROM Users");
            case WITHOUT_ADMINISTRATOR -> sql("UPDATE Permissions SET Value = 0 WHERE Kind = 0");
            case WITHOUT_CONFIGURATION -> Files.delete(site.folders().systemXml());
            case WIZARD_OPEN -> {
                Path file = site.folders().systemXml();
                Files.writeString(file, Files.readString(file).replace(">true</IsStartup", ">false</IsStartup"));
            }
            case TOO_SMALL -> {}
            case SHRUNK -> {
                Path large = site.folders().dataDir().resolve("metadata/large");
                Files.createDirectories(large.getParent());
                Files.write(large, new byte[10 << 20]);
                Line before = tip(backup(GUARDS).make(request(NO_TIP, false)));
                site.store().delete(String.valueOf(before.tip()));
                Files.delete(large);
                begun.clear();
                return before;
            }
        }
        return NO_TIP;
    }

    private void refused(BackupResult result, Reason reason, boolean kept) {
        assertThat(result).isInstanceOfSatisfying(BackupResult.Refused.class, refused -> {
            assertThat(refused.reason()).as(refused.sentence()).isEqualTo(reason);
            assertThat(refused.suspect() != null).as("kept as suspect").isEqualTo(kept);
        });
        assertThat(begun).as("uploads begun").allMatch(name -> name.startsWith("suspect/"));
        assertThat(begun.isEmpty())
                .as("nothing is sent for a snapshot that is not kept")
                .isEqualTo(!kept);
        begun.clear();
    }

    @ParameterizedTest
    @EnumSource(names = {"DAMAGED", "WITHOUT_USERS", "WIZARD_OPEN"})
    void aBadSnapshotIsNotSentEvenIfItIsMoreThanCanBeHeldBack(State state) throws IOException, SQLException {
        sql("CREATE TABLE Noise (Bytes BLOB)", "INSERT INTO Noise VALUES (randomblob(24 << 20))");
        Line line = line(state);
        refused(backup(GUARDS).make(request(line, false)), state.reason, state.kept);
        assertThat(site.archives()).isEmpty();
    }

    @Test
    void aGoodSnapshotIsSentWholeIfItIsMoreThanCanBeHeldBack() throws SQLException {
        sql("CREATE TABLE Noise (Bytes BLOB)", "INSERT INTO Noise VALUES (randomblob(24 << 20))");
        Line line = tip(backup(GUARDS).make(request(NO_TIP, false)));
        assertThat(site.archives()).containsExactly(String.valueOf(line.tip()));
        assertThat(backup(GUARDS).make(request(line, false))).isInstanceOf(BackupResult.Unchanged.class);
    }

    @Test
    void dataEqualToTheTipAreNotSentAgain() {
        Backup backup = backup(GUARDS);
        Line line = tip(backup.make(request(NO_TIP, false)));
        backup.registered();
        begun.clear();
        assertThat(backup.make(request(line, false))).isInstanceOf(BackupResult.Unchanged.class);
        assertThat(begun).isEmpty();
    }

    @Test
    void dataEqualToTheTipAreNotSentAgainEvenWithoutTheIndex() {
        Line line = tip(backup(GUARDS).make(request(NO_TIP, false)));
        begun.clear();
        assertThat(backup(GUARDS).make(request(line, false))).isInstanceOf(BackupResult.Unchanged.class);
        assertThat(begun).isEmpty();
    }

    @Test
    void whatTodaysGlobsLeaveOutIsNoShrinking() throws IOException {
        Path large = site.folders().dataDir().resolve("metadata/large");
        Files.createDirectories(large.getParent());
        Files.write(large, new byte[10 << 20]);
        Backup first = backup(GUARDS);
        Line line = tip(first.make(request(NO_TIP, false)));
        first.registered();
        Globs without = new Globs(List.of(), List.of(Glob.parse("metadata/").orThrow()), "");
        Backup second = backup(GUARDS, without, null, _ -> Progress.NONE);
        assertThat(second.make(request(line, false))).isInstanceOf(BackupResult.Stored.class);
    }

    @Test
    void anUnfinishedTransactionInTheMainDatabaseIsLeftToItsOwner() throws IOException, SQLException {
        leaveHotJournal(site.folders().database());
        refused(backup(GUARDS).make(request(NO_TIP, true)), Reason.HOT_JOURNAL, false);
        assertThat(site.folders().database().resolveSibling("jellyfin.db-journal"))
                .isNotEmptyFile();
    }

    private void leaveHotJournal(Path database) throws IOException, SQLException {
        Path copy = work.resolve("being-written.db");
        Files.copy(database, copy);
        try (Connection connection = SqliteFile.open(copy)) {
            SqliteFile.run(connection, "PRAGMA journal_mode = DELETE");
            SqliteFile.run(connection, "PRAGMA cache_size = 1");
            connection.setAutoCommit(false);
            SqliteFile.run(connection, "CREATE TABLE Filler AS SELECT randomblob(100000) AS b FROM Users a, Users b");
            SqliteFile.run(connection, "UPDATE Users SET Username = Username || 'x'");
            SqliteFile.run(connection, "INSERT INTO Filler SELECT randomblob(100000) FROM Users a, Users b, Users c");
            Path journal = copy.resolveSibling("being-written.db-journal");
            Files.copy(copy, database, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(journal, database.resolveSibling("jellyfin.db-journal"));
            connection.rollback();
        }
    }

    @Test
    void anOddPluginDatabaseDoesNotStopTheBackup() throws IOException {
        byte[] odd = new byte[8192];
        System.arraycopy("SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, odd, 0, 16);
        Path plugin = site.folders().databaseFolder().resolve("odd-plugin.db");
        Files.write(plugin, odd);
        BackupResult result = backup(GUARDS).make(request(NO_TIP, false));
        assertThat(result).isInstanceOf(BackupResult.Stored.class);
        site.run("verify", String.valueOf(tip(result).tip())).ok().says("1 databases unverified");
    }

    @Test
    void anOverrunOfTheQuotaIsRefusedBeforeAnythingIsWritten() throws IOException {
        Globs all = new Globs(List.of(), List.of(), "");
        Backup backup = backup(GUARDS, all, 1L << 20, _ -> Progress.NONE);
        assertThatThrownBy(() -> backup.make(request(NO_TIP, false)))
                .isInstanceOfSatisfying(
                        AgentException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_SPACE));
        assertThat(begun).isEmpty();
        assertThat(workspace.file("work")).isEmptyDirectory();
    }

    @Test
    void aBackupThatFailsHalfwayLeavesNothingVisible() {
        Globs all = new Globs(List.of(), List.of(), "");
        Backup backup = backup(GUARDS, all, null, _ -> done -> {
            if (done > 100_000 && !begun.isEmpty()) {
                throw new IllegalStateException("pulled the plug");
            }
        });
        assertThatThrownBy(() -> backup.make(request(NO_TIP, false))).hasMessageContaining("pulled the plug");
        assertThat(begun).hasSize(1);
        assertThat(site.blobs("")).isEmpty();
    }

    @Test
    void aFilmStutters_whileABackupTakesTheProcessor() {
        int before = Thread.currentThread().getPriority();
        List<Integer> seen = new ArrayList<>();
        Backup backup = backup(
                GUARDS,
                new Globs(List.of(), List.of(), ""),
                null,
                _ -> _ -> seen.add(Thread.currentThread().getPriority()));
        assertThat(backup.make(request(NO_TIP, false))).isInstanceOf(BackupResult.Stored.class);
        assertThat(seen).isNotEmpty().containsOnly(Thread.MIN_PRIORITY);
        assertThat(Thread.currentThread().getPriority()).isEqualTo(before);
    }

    @Test
    void theServersDatabaseAndItsLogAreNotChangedByABackup() throws IOException, SQLException {
        Path database = site.folders().database();
        Path log = database.resolveSibling("jellyfin.db-wal");
        // what a killed server leaves: committed data in the log, and nobody who has the files open
        leaveLog(database);
        byte[] before = Files.readAllBytes(database);
        byte[] logBefore = Files.readAllBytes(log);
        assertThat(logBefore).isNotEmpty();
        assertThat(backup(GUARDS).make(request(NO_TIP, false))).isInstanceOf(BackupResult.Stored.class);
        assertThat(log).hasBinaryContent(logBefore);
        assertThat(database).hasBinaryContent(before);
    }

    private void leaveLog(Path database) throws IOException, SQLException {
        Path copy = work.resolve("left.db");
        Files.copy(database, copy);
        Path log = copy.resolveSibling("left.db-wal");
        try (Connection server = SqliteFile.open(copy)) {
            SqliteFile.run(server, "PRAGMA journal_mode = WAL");
            SqliteFile.run(server, "PRAGMA wal_autocheckpoint = 0");
            SqliteFile.run(server, "UPDATE Users SET Username = Username || '-again'");
            Files.copy(copy, database, StandardCopyOption.REPLACE_EXISTING);
            Files.copy(log, database.resolveSibling("jellyfin.db-wal"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Once its disk failed, or somebody moved it: the archive was promoted, and no restore took it.
    @Test
    void aHeadIsMadeWithoutTheConfigurationThatTheGuardsHaveSeen() {
        whenBegun = () -> Files.delete(site.folders().systemXml());
        Backup backup = backup(GUARDS);
        refusedForItsWizard(backup, "could not be put into the archive");
        assertThat(site.blobs("")).isEmpty();
    }

    @Test
    void aHeadIsMadeWithoutTheConfigurationSinceAPatternExcludesIt() {
        Globs without = new Globs(List.of(), List.of(Glob.parse("config/").orThrow()), "");
        refusedForItsWizard(backup(GUARDS, without, null, _ -> Progress.NONE), "JELLYKEEP_EXCLUDE");
        assertThat(begun).isEmpty();
    }

    private void refusedForItsWizard(Backup backup, String why) {
        assertThat(backup.make(request(NO_TIP, false))).isInstanceOfSatisfying(BackupResult.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(Reason.WIZARD);
            assertThat(refused.sentence()).contains(why);
        });
    }

    private Backup backup(GuardSettings guards) {
        return backup(guards, new Globs(List.of(), List.of(), ""), null, _ -> Progress.NONE);
    }

    private Backup backup(
            GuardSettings guards,
            Globs globs,
            @Nullable Long quota,
            java.util.function.LongFunction<Progress> progress) {
        return new Backup(
                new Backup.Surroundings(
                        site.root(),
                        globs,
                        guards,
                        quota,
                        Optional::empty,
                        "test",
                        1,
                        InstantSource.system(),
                        (_, _, _) -> {},
                        progress),
                watched(site.store()),
                workspace);
    }

    private BlobStore watched(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("begin")) {
                        begun.add(String.valueOf(arguments[0]));
                        whenBegun.now();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private BackupRequest request(Line line, boolean atTheEnd) {
        String name = "backup-202601010000%02d.tar.gz".formatted(archives++);
        return new BackupRequest(
                atTheEnd ? ArchiveKind.FINAL : ArchiveKind.SCHEDULED,
                LINEAGE,
                "me",
                1,
                line,
                archives,
                name,
                "suspect/" + name,
                atTheEnd,
                false,
                Set.of(),
                null);
    }

    private static Line tip(BackupResult result) {
        assertThat(result).isInstanceOf(BackupResult.Stored.class);
        BackupResult.Stored stored = (BackupResult.Stored) result;
        return new Line(stored.name(), stored.facts(), false);
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = SqliteFile.open(site.folders().database())) {
            for (String statement : statements) {
                SqliteFile.run(connection, statement);
            }
        }
    }
}
