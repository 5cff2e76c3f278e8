package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Before any patch: the lineage document has to be there, and to be this app's; DESIGN §3.4.
final class DocumentGate {
    private DocumentGate() {}

    /// Empty where nothing speaks against a patch.
    static Optional<Decision> stop(Situation now, Plan.Patch patch, Memory memory, Duration usual) {
        UUID live = now.live().map(LiveInjection::lineage).map(LineageId::value).orElse(null);
        Optional<Decision> stop = switch (now.archives()) {
            case ArchivesView.Hidden hidden ->
                hidden(hidden).map(each -> Decision.of(each, again(each, usual), memory));
            case ArchivesView.Seen seen -> seen(now, seen, live, memory, usual);
        };
        return stop.or(() -> otherLineage(now, patch, live).map(each -> Decision.of(each, usual, memory)));
    }

    /// What the operator may not see doesn't speak against a patch: an agent finds the document itself, and fails
    /// closed. Where no agent could find it, no patch may take the app down.
    private static Optional<Progress> hidden(ArchivesView.Hidden hidden) {
        return switch (hidden.reason()) {
            case "StorageUnreachable" -> Optional.of(Progress.reconciling("ProgressingWithRetry", hidden.sentence()));
            case "ContainerNotFound", "ImmutabilityMisconfigured" ->
                Optional.of(Progress.stalled(hidden.reason(), hidden.sentence()));
            default -> Optional.empty();
        };
    }

    private static Optional<Decision> seen(
            Situation now, ArchivesView.Seen seen, @Nullable UUID live, Memory memory, Duration usual) {
        return switch (seen.reading()) {
            case Reading.Missing() ->
                now.live().isEmpty() && memory.applied() == null
                        ? create(now, seen, memory, usual)
                        : missing(now, live, memory, usual);
            case Reading.Present(LineageDocument document, String _, Duration _) ->
                mismatch(now, document, live).map(progress -> Decision.of(progress, usual, memory));
            case Reading.Unreadable(String _, String why) ->
                Optional.of(Decision.of(
                        Progress.stalled(
                                "LineageUnreadable",
                                "lineage.json can't be read (" + why
                                        + "): run `jellykeep init`, which saves it aside and rebuilds it"),
                        usual,
                        memory));
            case Reading.TooNew(long format) ->
                Optional.of(Decision.of(
                        Progress.stalled(
                                "LineageTooNew",
                                "lineage.json has format " + format + ", which this operator doesn't know: upgrade it"),
                        usual,
                        memory));
        };
    }

    /// What passes by itself is no reason to leave an app without its injection until the next usual look.
    private static Duration again(Progress progress, Duration usual) {
        return progress.state() == Progress.State.RECONCILING && usual.compareTo(Decider.IDLE_WATCH) > 0
                ? Decider.IDLE_WATCH
                : usual;
    }

    /// The id in the template never changes by itself, and is the document's: with another one no replica would
    /// start.
    private static Optional<Progress> otherLineage(Situation now, Plan.Patch patch, @Nullable UUID live) {
        UUID expected = live == null && now.archives() instanceof ArchivesView.Seen seen
                ? seen.document().map(LineageDocument::lineage).orElse(null)
                : live;
        UUID planned = LiveInjection.of(patch.body())
                .map(LiveInjection::lineage)
                .map(LineageId::value)
                .orElse(expected);
        return expected == null || expected.equals(planned)
                ? Optional.empty()
                : Optional.of(Progress.stalled(
                        "LineageUnknown",
                        "the app belongs to lineage " + expected + ", but the plan is for " + planned
                                + ": let the operator read lineage.json (a role on the container), which says which"));
    }

    /// Fresh, or rebuilt from archives that this app's line left here. Another line's archives are nobody's to take.
    private static Optional<Decision> create(Situation now, ArchivesView.Seen seen, Memory memory, Duration usual) {
        UUID lineage = LineageId.ofApp(new AppResourceId(now.appId())).value();
        Catalogue catalogue = seen.catalogue();
        List<Archived> archives = Stream.concat(catalogue.line().stream(), catalogue.beside().stream())
                .toList();
        Optional<String> tooNew = catalogue.archives().values().stream()
                .filter(Catalogue.Item::tooNew)
                .map(item -> item.blob().name())
                .findFirst();
        if (tooNew.isPresent()) {
            return Optional.of(Decision.of(
                    Progress.stalled(
                            "LineageTooNew",
                            tooNew.get() + " was written by a newer version, and there is no lineage.json: upgrade the"
                                    + " operator, which then rebuilds it"),
                    usual,
                    memory));
        }
        Optional<UUID> foreign = archives.stream()
                .map(Archived::lineage)
                .filter(id -> !id.equals(lineage))
                .findFirst();
        if (foreign.isPresent()) {
            return Optional.of(Decision.of(
                    Progress.stalled(
                            "LineageMissing",
                            now.spec().storage().container() + " holds archives of lineage " + foreign.get()
                                    + " without lineage.json: if they are this app's, run `jellykeep init --app "
                                    + now.appId() + "`, else choose another container or prefix"),
                    usual,
                    memory));
        }
        LineageDocument document = archives.isEmpty()
                ? LineageDocument.fresh(lineage, now.appId())
                : Rebuild.of(lineage, now.appId(), catalogue.line(), catalogue.beside());
        return Optional.of(new Decision(
                Progress.reconciling("Progressing", "creating lineage.json"),
                new Decision.Action.CreateDocument(document),
                Duration.ZERO,
                List.of(),
                memory));
    }

    private static Optional<Decision> missing(Situation now, @Nullable UUID live, Memory memory, Duration usual) {
        return Optional.of(Decision.of(
                Progress.stalled(
                        "LineageMissing",
                        (live == null ? "the app was injected before" : "the app belongs to lineage " + live)
                                + ", but there is no lineage.json in "
                                + now.spec().storage().container()
                                + ": if storage was changed, copy the old container there first (azcopy copy OLD NEW"
                                + " --recursive); if the document was lost, run `jellykeep init"
                                + (live == null ? "" : " --lineage " + live) + " --app " + now.appId()
                                + "`, which rebuilds it from the archives"),
                usual,
                memory));
    }

    private static Optional<Progress> mismatch(Situation now, LineageDocument document, @Nullable UUID live) {
        if (document.app() != null && !document.app().equalsIgnoreCase(now.appId())) {
            return Optional.of(Progress.stalled(
                    "LineageOfOtherApp",
                    "the archives in " + now.spec().storage().container() + " belong to " + document.app()
                            + ": choose another container or prefix, or move them with `jellykeep init --move-to "
                            + now.appId() + "`"));
        }
        return live == null || live.equals(document.lineage())
                ? Optional.empty()
                : Optional.of(Progress.stalled(
                        "LineageMissing",
                        "the app belongs to lineage " + live + ", but "
                                + now.spec().storage().container() + " holds " + document.lineage()
                                + ": choose the container that holds the app's archives"));
    }
}
