package dev.jellykeep.agent.restore;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a restore does next: a pure function of what is here, what the document says and what the listing
/// shows. After each step that changes the lineage it is asked again.
public sealed interface RestorePlan {
    /// The data here are ours and usable.
    record KeepData() implements RestorePlan {}

    /// There never was a backup: data that is here is kept and gets an identity.
    record KeepUnknownData(UUID lineage) implements RestorePlan {}

    /// There provably never was a backup.
    record StartEmpty(UUID lineage) implements RestorePlan {}

    /// Write this document first: it is missing or unreadable.
    ///
    /// @param rebuilt from archives; false: a new, empty one
    record CreateDocument(LineageDocument document, boolean rebuilt) implements RestorePlan {}

    /// The document doesn't know its app yet.
    record NameApp(String app) implements RestorePlan {}

    /// A whole archive on top of the head waits for its promotion.
    record Roll(String archive) implements RestorePlan {}

    /// Find the first of these older-format archives that verifies, and make it the head.
    record Adopt(UUID lineage, List<String> candidates) implements RestorePlan {
        public Adopt {
            candidates = List.copyOf(candidates);
        }
    }

    /// Restore the first of these that is good.
    ///
    /// @param setAside what is here goes below our own folder first
    /// @param pinToken of the wish that names the archive; null: it is the newest
    record Restore(
            UUID lineage,
            List<String> candidates,
            boolean setAside,
            @Nullable String pinToken) implements RestorePlan {
        public Restore {
            candidates = List.copyOf(candidates);
        }
    }

    /// Keep pruning from an archive that is to be restored.
    record Hold(String archive, String token) implements RestorePlan {}

    record Refuse(Reason reason, String sentence) implements RestorePlan {}

    /// Whether the newest data matter to it, so that who has them is to save them first. Who names an archive wants
    /// that one.
    default boolean wantsNewest(Expectation expected) {
        return switch (this) {
            case Roll _, Adopt _, Hold _, Restore _, StartEmpty _ -> expected.archive() == null;
            case KeepData _, KeepUnknownData _, CreateDocument _, NameApp _, Refuse _ -> false;
        };
    }

    /// @param where the store, for messages
    /// @param hopeless older-format archives that have been tried and aren't backups or don't verify
    static RestorePlan decide(
            LocalData local,
            Reading reading,
            Catalogue catalogue,
            Expectation expected,
            Set<String> hopeless,
            boolean anyHopelessIsBackup,
            String where) {
        return switch (reading) {
            case Reading.TooNew(long format) ->
                new Refuse(
                        Reason.LINEAGE_TOO_NEW,
                        "lineage.json in " + where + " has format " + format + ": use a newer jellykeep");
            case Reading.Missing _, Reading.Unreadable _ -> create(local, catalogue, expected, where);
            case Reading.Present present ->
                new Decision(local, present.document(), catalogue, expected, hopeless, anyHopelessIsBackup, where)
                        .decide();
        };
    }

    private static RestorePlan create(LocalData local, Catalogue catalogue, Expectation expected, String where) {
        List<Archived> line = catalogue.line();
        List<Archived> beside = catalogue.beside();
        UUID known = line.stream()
                .max(Comparator.comparingLong(Archived::epoch).thenComparingLong(Archived::sequence))
                .or(() -> beside.stream().findFirst())
                .map(Archived::lineage)
                .orElse(null);
        UUID lineage = expected.lineage() != null ? expected.lineage() : known;
        List<Archived> lineOfIt = only(line, lineage);
        List<Archived> besideOfIt = only(beside, lineage);
        if (lineage != null && !(lineOfIt.isEmpty() && besideOfIt.isEmpty())) {
            return new CreateDocument(Rebuild.of(lineage, expected.app(), lineOfIt, besideOfIt), true);
        }
        if (expected.lineage() != null) {
            return new Refuse(
                    Reason.LINEAGE_MISSING,
                    "there is no lineage.json and no archive of lineage " + expected.lineage() + " in " + where
                            + ": check container and prefix; for a new installation run `jellykeep init --lineage "
                            + expected.lineage() + "`");
        }
        UUID id = local instanceof LocalData.Ours(var identity, boolean _) ? identity.lineage() : UUID.randomUUID();
        return new CreateDocument(LineageDocument.fresh(id, expected.app()), false);
    }

    private static List<Archived> only(List<Archived> archives, @Nullable UUID lineage) {
        return archives.stream().filter(each -> each.lineage().equals(lineage)).toList();
    }

    /// The decision where the document can be read.
    record Decision(
            LocalData local,
            LineageDocument document,
            Catalogue catalogue,
            Expectation expected,
            Set<String> hopeless,
            boolean anyHopelessIsBackup,
            String where) {

        RestorePlan decide() {
            Refuse wrong = wrongLineage();
            if (wrong != null) {
                return wrong;
            }
            if (document.app() == null && expected.app() != null) {
                return new NameApp(expected.app());
            }
            if (local instanceof LocalData.Ours(var identity, boolean usable)) {
                if (!identity.lineage().equals(document.lineage())) {
                    return new Refuse(
                            Reason.UNKNOWN_DATA,
                            "the data here belong to lineage " + identity.lineage() + ", but " + where + " holds "
                                    + document.lineage() + ": check container and prefix");
                }
                if (usable || document.head().isEmpty()) {
                    return new KeepData();
                }
            }
            if (Transitions.roll(document, catalogue.line()) instanceof Step.Write(LineageDocument rolled)) {
                return new Roll(rolled.history().getLast().name());
            }
            return withHead();
        }

        private @Nullable Refuse wrongLineage() {
            if (expected.lineage() != null
                    && !expected.lineage().equals(document.lineage())
                    && !expected.accepted().contains(Reason.LINEAGE)) {
                return new Refuse(
                        Reason.LINEAGE_MISSING,
                        where + " holds lineage " + document.lineage() + ", not the expected " + expected.lineage()
                                + ": check container and prefix");
            }
            if (expected.app() != null && document.app() != null && !Objects.equals(expected.app(), document.app())) {
                return new Refuse(
                        Reason.OTHER_APP,
                        where + " belongs to the app " + document.app() + ", not to " + expected.app()
                                + ": use another prefix, or `jellykeep init --move-to " + expected.app() + "`");
            }
            return null;
        }

        private RestorePlan withHead() {
            boolean unknown = local instanceof LocalData.Unknown;
            if (expected.archive() != null) {
                return named(expected.archive(), unknown);
            }
            Pin pin = expected.pin();
            if (pin != null && pin.isOpen(document)) {
                return pinned(pin, unknown);
            }
            if (document.head().isPresent()) {
                if (unknown && !expected.accepted().contains(Reason.UNKNOWN_DATA)) {
                    return new Refuse(
                            Reason.UNKNOWN_DATA,
                            "there is data in the data root that no restore of ours put there, while " + where
                                    + " holds backups: most likely another tool's init container still runs; remove it,"
                                    + " or say --accept UNKNOWN_DATA to set that data aside");
                }
                return new Restore(document.lineage(), history(), !(local instanceof LocalData.Empty), null);
            }
            if (!document.forks().isEmpty()) {
                return new Refuse(
                        Reason.FORKS_ONLY,
                        "the lineage in " + where + " has no head, only "
                                + document.forks().size()
                                + " forks: look at them with `jellykeep forks` and choose one with `jellykeep promote"
                                + " NAME`");
            }
            return withoutHead(unknown);
        }

        private RestorePlan named(String name, boolean unknown) {
            if (catalogue.find(name).isEmpty() && !catalogue.isLegacyFolder(name)) {
                return new Refuse(
                        Reason.NO_GOOD_ARCHIVE,
                        "there is no archive " + name + " in " + where + ": see `jellykeep list`");
            }
            if (unknown && !expected.accepted().contains(Reason.UNKNOWN_DATA)) {
                return new Refuse(
                        Reason.UNKNOWN_DATA,
                        "there is data in the data root that no restore of ours put there: move it away, or say"
                                + " --accept UNKNOWN_DATA to set it aside");
            }
            return new Restore(document.lineage(), List.of(name), !(local instanceof LocalData.Empty), null);
        }

        private RestorePlan pinned(Pin pin, boolean unknown) {
            if (unknown && !expected.accepted().contains(Reason.UNKNOWN_DATA)) {
                return new Refuse(
                        Reason.UNKNOWN_DATA,
                        "there is data in the data root that no restore of ours put there: move it away, or pin the"
                                + " archive with --accept UNKNOWN_DATA to set it aside");
            }
            if (catalogue.find(pin.archive()).isEmpty()) {
                return notThere(pin, "it isn't there");
            }
            return switch (Transitions.hold(document, pin.archive(), pin.token())) {
                case Step.Write _ -> new Hold(pin.archive(), pin.token());
                case Step.Done() ->
                    new Restore(
                            document.lineage(),
                            List.of(pin.archive()),
                            !(local instanceof LocalData.Empty),
                            pin.token());
                case Step.Refused(String why) -> notThere(pin, why);
            };
        }

        private Refuse notThere(Pin pin, String why) {
            return new Refuse(
                    Reason.NO_GOOD_ARCHIVE,
                    "the archive " + pin.archive() + " is to be restored once, but " + why + " in " + where
                            + ": name another with `jellykeep pin NAME`, or take it back with `jellykeep pin --clear`");
        }

        private RestorePlan withoutHead(boolean unknown) {
            List<Archived> ours = only(catalogue.line(), document.lineage());
            List<String> older = catalogue.adoptable().stream()
                    .filter(name -> !hopeless.contains(name))
                    .toList();
            if (!ours.isEmpty()) {
                return new Refuse(
                        Reason.NO_GOOD_ARCHIVE,
                        where + " holds " + ours.size()
                                + " archives of this lineage that its document doesn't name: run `jellykeep init"
                                + " --rebuild`, or promote one with `jellykeep promote NAME`");
            }
            if (!older.isEmpty()) {
                return unknown ? new KeepUnknownData(document.lineage()) : new Adopt(document.lineage(), older);
            }
            boolean accepted = expected.accepted().contains(Reason.NO_GOOD_ARCHIVE);
            if (anyHopelessIsBackup && !accepted) {
                return new Refuse(
                        Reason.NO_GOOD_ARCHIVE,
                        where + " holds older archives with databases, but none can be used: look at them with"
                                + " `jellykeep verify NAME`, or say --accept NO_GOOD_ARCHIVE to start empty");
            }
            if (unknown) {
                return new KeepUnknownData(document.lineage());
            }
            return expected.mayStartEmpty()
                    ? new StartEmpty(document.lineage())
                    : new Refuse(
                            Reason.NO_BACKUP,
                            "there is no backup in " + where + ", and onNoBackup is Fail: restore nothing, or set"
                                    + " JELLYKEEP_ON_NO_BACKUP=StartEmpty");
        }

        /// The head first, then its ancestors.
        private List<String> history() {
            List<String> names = new ArrayList<>();
            for (Listed listed : document.history().reversed()) {
                names.add(listed.name());
            }
            return names;
        }
    }

    /// Is the archive's data newer than the app that would open it?
    static boolean tooNewForApp(@Nullable ArchiveFacts facts, Expectation expected) {
        return expected.opener().fit(facts) == JellyfinVersion.Fit.TOO_NEW
                && !expected.accepted().contains(Reason.APP_OLDER_THAN_DATA);
    }
}
