package dev.jellykeep.contract.jellyfin;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A released version of Jellyfin, and the newest migration of its main database that it knows. A migration can't be
/// undone: a version that opens data which a newer one has migrated finds tables that it doesn't know.
public record JellyfinVersion(int major, int minor, int patch) implements Comparable<JellyfinVersion> {
    /// No releases like `10.11.0-rc5`, whose migrations aren't those of the release. A fourth number, as Jellyfin
    /// writes
    /// it into `system.xml`, says nothing.
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})\\.([0-9]{1,3})\\.([0-9]{1,3})(?:\\.[0-9]{1,3})?");

    private static final int ID_DIGITS = 14;

    /// Taken from the migrations of each release; later versions are not judged before they stand here.
    private static final List<Row> TABLE = List.of(
            new Row(of(10, 9, 0), of(10, 9, 999), "20230923170422"),
            new Row(of(10, 10, 0), of(10, 10, 999), "20240928082930"),
            new Row(of(10, 11, 0), of(10, 11, 6), "20251009200000"),
            new Row(of(10, 11, 7), of(10, 11, 9), "20260206200000"),
            new Row(of(10, 11, 10), of(10, 11, 11), "20260524120336"));

    private record Row(JellyfinVersion from, JellyfinVersion to, String migration) {}

    private static JellyfinVersion of(int major, int minor, int patch) {
        return new JellyfinVersion(major, minor, patch);
    }

    /// @return empty where the text doesn't name exactly one release
    public static Optional<JellyfinVersion> parse(@Nullable String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text.strip());
        return matcher.matches()
                ? Optional.of(of(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /// Its newest migration, as the 14 digits that its id begins with; empty for a version that isn't known here.
    public Optional<String> newestMigration() {
        return TABLE.stream()
                .filter(row -> compareTo(row.from) >= 0 && compareTo(row.to) <= 0)
                .map(Row::migration)
                .findFirst();
    }

    /// Whether it can open such data. What this very version, or an older one, has written fits, whatever the table
    /// says.
    ///
    /// @param migrationHead newest migration of the data, as in `__EFMigrationsHistory`; null: not known
    /// @param writtenBy version that wrote the data; null: not known
    public Fit fit(@Nullable String migrationHead, @Nullable String writtenBy) {
        if (parse(writtenBy).filter(writer -> writer.compareTo(this) <= 0).isPresent()) {
            return Fit.FITS;
        }
        return newestMigration().map(newest -> Fit.of(migrationHead, newest)).orElse(Fit.UNKNOWN);
    }

    /// What a version is to data.
    public enum Fit {
        FITS,
        /// The data have been migrated by a newer version.
        TOO_NEW,
        /// Nobody can say.
        UNKNOWN;

        /// @param migrationHead of the data; null: not known
        /// @param newest migration that the app knows; of both the 14 digits count that an id begins with
        public static Fit of(@Nullable String migrationHead, String newest) {
            if (migrationHead == null || migrationHead.length() < ID_DIGITS || newest.length() < ID_DIGITS) {
                return UNKNOWN;
            }
            return migrationHead.substring(0, ID_DIGITS).compareTo(newest.substring(0, ID_DIGITS)) > 0 ? TOO_NEW : FITS;
        }
    }

    @Override
    public int compareTo(JellyfinVersion other) {
        return Comparator.comparingInt(JellyfinVersion::major)
                .thenComparingInt(JellyfinVersion::minor)
                .thenComparingInt(JellyfinVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
