package dev.jellykeep.contract.archive;

import java.util.ArrayList;
import java.util.List;

/// What an archive leaves out, in memory that doesn't grow with it: a library may be nothing but links to elsewhere.
/// The
/// first ones are named, the others counted.
public final class SkippedFiles {
    /// Far fewer than a reader takes.
    static final int MOST = 10_000;

    /// Characters of all names and reasons.
    static final long MOST_TEXT = 4L << 20;

    private static final String MORE = " more, which are too many to be named";

    private final List<Skipped> named = new ArrayList<>();
    private long text;
    private long unnamed;

    public void add(Skipped file) {
        long length = (long) file.path().length() + file.why().length();
        if (unnamed > 0 || named.size() == MOST || text + length > MOST_TEXT) {
            unnamed += file.why().endsWith(MORE) ? Long.parseLong(file.why().split(" ", 2)[0]) : 1;
        } else {
            named.add(file);
            text += length;
        }
    }

    /// In the order in which they came; the last one stands for all that are only counted.
    public List<Skipped> records() {
        List<Skipped> records = new ArrayList<>(named);
        if (unnamed > 0) {
            records.add(new Skipped(".", unnamed + MORE));
        }
        return List.copyOf(records);
    }
}
