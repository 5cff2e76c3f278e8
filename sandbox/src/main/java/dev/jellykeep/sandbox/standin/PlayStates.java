package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.SplittableRandom;

/// Moves ticks from one play state to another, so that their sum tells whether a transaction was torn.
final class PlayStates {

    private final JellyfinEra era;
    private final long seed;
    private final Connection library;
    private long count;

    PlayStates(JellyfinEra era, long seed, Connection library) throws SQLException {
        this.era = era;
        this.seed = seed;
        this.library = library;
        recount();
    }

    /// To be called when rows were added.
    void recount() throws SQLException {
        count = SqliteFile.number(library, "SELECT count(*) FROM " + era.userData());
    }

    /// Moves what follows from the seed and the number alone, so that commit n does the same in every run on the same
    /// data. Does nothing with fewer than two play states.
    void transfer(long number) throws SQLException {
        if (count < 2) {
            return;
        }
        var random = new SplittableRandom(seed ^ (number * 0x9E3779B97F4A7C15L));
        long from = 1 + random.nextLong(count);
        long to = 1 + (from + random.nextLong(count - 1)) % count;
        long ticks = 1 + random.nextLong(10_000);
        move(from, -ticks);
        move(to, ticks);
    }

    private void move(long row, long ticks) throws SQLException {
        SqliteFile.run(
                library,
                "UPDATE " + era.userData() + " SET " + era.ticks() + " = " + era.ticks() + " + " + ticks
                        + " WHERE rowid = " + row);
    }
}
