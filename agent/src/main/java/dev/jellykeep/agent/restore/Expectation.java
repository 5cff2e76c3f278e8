package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.lineage.Pin;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the caller expects of the lineage, and what a person has overruled.
///
/// @param lineage expected id; null: by hand, any
/// @param app lower-cased resource id of the app; null: not known
/// @param mayStartEmpty what to do where there provably never was a backup
/// @param archive restore this one in place of the head; null: the head
/// @param pin a restore that somebody asked for once; null: nobody, or not read yet
/// @param opener what is known of the app that is to open the data
public record Expectation(
        @Nullable UUID lineage,
        @Nullable String app,
        boolean mayStartEmpty,
        @Nullable String archive,
        @Nullable Pin pin,
        Opener opener,
        Set<Reason> accepted) {
    public Expectation {
        accepted = Set.copyOf(accepted);
    }

    /// With what is written of the revision that this replica is of.
    Expectation with(RevisionVersions versions) {
        return new Expectation(lineage, app, mayStartEmpty, archive, pin, opener.in(versions), accepted);
    }

    /// With what somebody has asked for, and overruled for it.
    ///
    /// @throws AgentException if that overrules what can't be overruled
    Expectation with(Pin asked) {
        Set<Reason> all = EnumSet.noneOf(Reason.class);
        all.addAll(accepted);
        asked.accept().forEach(name -> all.add(Reason.acceptable(name)));
        return new Expectation(lineage, app, mayStartEmpty, archive, asked, opener, all);
    }
}
