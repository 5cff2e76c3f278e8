package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a stand-in's data holds, asked of a running one or read from its files at rest.
///
/// @param users number of users
/// @param administrators number of users with the administrator's permission
/// @param items number of library items
/// @param playStates number of play states
/// @param ticks sum of all play positions, which no transaction changes once a play state exists
/// @param lastCommitted number of the last committed transaction, 0 for none
/// @param wizardCompleted what `system.xml` says; false where it is missing
/// @param serverId from `device.txt`; empty where it is missing
/// @param failedWrites writes that failed since the server started
/// @param integrity first line of `PRAGMA integrity_check` over all main databases, asked only of files at rest; else
///     empty
public record StandInFacts(
        long users,
        long administrators,
        long items,
        long playStates,
        long ticks,
        long lastCommitted,
        boolean wizardCompleted,
        String serverId,
        long failedWrites,
        String integrity) {

    /// Reads databases at rest, from the database files **alone**: what is only in a WAL beside them is not seen.
    /// A database without tables has no users, no items and no commits.
    public static StandInFacts atRest(JellyfinFolders folders) throws SQLException, IOException {
        boolean twoDatabases = Files.exists(folders.libraryDatabase());
        JellyfinEra era = twoDatabases ? JellyfinEra.V10_10 : JellyfinEra.V10_11;
        try (var server = SqliteFile.openImmutable(folders.database());
                var library = SqliteFile.openImmutable(twoDatabases ? folders.libraryDatabase() : folders.database())) {
            String integrity = SqliteFile.integrity(server);
            if ("ok".equals(integrity)) {
                integrity = SqliteFile.integrity(library);
            }
            boolean tables = SqliteFile.hasTable(server, "Users") && SqliteFile.hasTable(library, era.items());
            StandInFacts found = tables
                    ? of(era, server, library, folders, 0)
                    : new StandInFacts(0, 0, 0, 0, 0, 0, wizard(folders), serverId(folders), 0, "");
            return found.withIntegrity(integrity);
        }
    }

    /// Whether no transaction is torn: every play state's share of the sum is there.
    public boolean sumHolds() {
        return ticks == playStates * LibraryRows.TICKS;
    }

    static StandInFacts of(
            JellyfinEra era, Connection server, Connection library, JellyfinFolders folders, long failedWrites)
            throws SQLException, IOException {
        return new StandInFacts(
                SqliteFile.number(server, "SELECT count(*) FROM Users"),
                SqliteFile.number(server, "SELECT count(*) FROM Permissions WHERE Kind = 0 AND Value = 1"),
                SqliteFile.number(library, "SELECT count(*) FROM " + era.items()),
                SqliteFile.number(library, "SELECT count(*) FROM " + era.userData()),
                SqliteFile.number(library, "SELECT sum(" + era.ticks() + ") FROM " + era.userData()),
                SqliteFile.number(server, "SELECT max(Id) FROM ActivityLogs"),
                wizard(folders),
                serverId(folders),
                failedWrites,
                "");
    }

    String json() {
        return """
                {"users":%d,"administrators":%d,"items":%d,"playStates":%d,"ticks":%d,"sumHolds":%b,\
                "lastCommitted":%d,"startupWizardCompleted":%b,"serverId":"%s","failedWrites":%d}""".formatted(
                        users,
                        administrators,
                        items,
                        playStates,
                        ticks,
                        sumHolds(),
                        lastCommitted,
                        wizardCompleted,
                        serverId,
                        failedWrites);
    }

    static StandInFacts parse(String json) {
        return new StandInFacts(
                number(json, "users"),
                number(json, "administrators"),
                number(json, "items"),
                number(json, "playStates"),
                number(json, "ticks"),
                number(json, "lastCommitted"),
                Boolean.parseBoolean(member(json, "startupWizardCompleted")),
                member(json, "serverId"),
                number(json, "failedWrites"),
                "");
    }

    private StandInFacts withIntegrity(String found) {
        return new StandInFacts(
                users,
                administrators,
                items,
                playStates,
                ticks,
                lastCommitted,
                wizardCompleted,
                serverId,
                failedWrites,
                found);
    }

    private static boolean wizard(JellyfinFolders folders) throws IOException {
        return SystemXml.wizardCompleted(folders.systemXml());
    }

    private static String serverId(JellyfinFolders folders) throws IOException {
        Path device = folders.databaseFolder().resolve("device.txt");
        return Files.exists(device) ? Files.readString(device).strip() : "";
    }

    private static long number(String json, String name) {
        return Long.parseLong(member(json, name));
    }

    private static String member(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\":\"?([^\",}]*)\"?[,}]").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("The stand-in's answer has no \"" + name + "\": " + json);
        }
        return matcher.group(1);
    }
}
