package dev.jellykeep.agent.torment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the backups of one server.
final class Tally {
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private int backups;
    private int good;
    private int met;

    void good() {
        backups++;
        good++;
    }

    /// @param reason the agent's name for it
    void refused(String reason) {
        backups++;
        refused.merge(reason, 1, Integer::sum);
    }

    /// The server had its turn at the database while a backup was made.
    void met() {
        met++;
    }

    /// How often that was so.
    int meetings() {
        return met;
    }

    /// Something that must not happen.
    void fault(String what) {
        faults.add(what);
    }

    int promoted() {
        return good;
    }

    Map<String, Integer> refusals() {
        return refused;
    }

    List<String> faults() {
        return faults;
    }

    @Override
    public String toString() {
        return backups + " backups, " + met + " of them meeting what it does: " + good + " promoted and good, refused "
                + refused + ", " + faults.size() + " faults"
                + (faults.isEmpty() ? "" : "\n  " + String.join("\n  ", faults));
    }
}
