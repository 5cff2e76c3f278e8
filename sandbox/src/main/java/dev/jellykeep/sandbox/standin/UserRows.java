package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;

/// Writes users as the server does: the row itself, permissions, preferences and a device.
final class UserRows {

    /// `PermissionKind.IsAdministrator`.
    private static final int IS_ADMINISTRATOR = 0;

    private static final int PERMISSIONS = 21;
    private static final int PREFERENCES = 12;

    private UserRows() {}

    /// Inserts one user.
    ///
    /// @return its id
    static String insert(Connection server, String name, boolean administrator, SampleText sample) throws SQLException {
        String id = sample.id();
        long internal = 1 + SqliteFile.number(server, "SELECT max(InternalId) FROM Users");
        LibraryRows.insert(
                server,
                "Users VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                id,
                name,
                "$PBKDF2-SHA512$iterations=210000$" + sample.hex() + "$" + sample.hex() + sample.hex(),
                "Jellyfin.Server.Implementations.Users.DefaultAuthenticationProvider",
                "Jellyfin.Server.Implementations.Users.DefaultPasswordResetProvider",
                internal,
                LibraryRows.time(internal),
                LibraryRows.time(internal),
                0,
                0,
                1);
        for (int kind = 0; kind < PERMISSIONS; kind++) {
            boolean value = kind != IS_ADMINISTRATOR || administrator;
            LibraryRows.insert(
                    server, "Permissions (Kind, Value, RowVersion, UserId) VALUES (?,?,?,?)", kind, value, 1, id);
        }
        for (int kind = 0; kind < PREFERENCES; kind++) {
            LibraryRows.insert(
                    server, "Preferences (Kind, Value, RowVersion, UserId) VALUES (?,?,?,?)", kind, "", 1, id);
        }
        LibraryRows.insert(
                server,
                "Devices (UserId, AccessToken, AppName, AppVersion, DeviceName, DeviceId, IsActive, DateCreated,"
                        + " DateLastActivity) VALUES (?,?,?,?,?,?,?,?,?)",
                id,
                sample.hex(),
                "Jellyfin Web",
                "10.11.11",
                "Browser",
                sample.hex(),
                1,
                LibraryRows.time(internal),
                LibraryRows.time(internal));
        return id;
    }
}
