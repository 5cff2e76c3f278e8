package dev.jellykeep.operator.decide;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.LiveInjection;
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

    /// Empty where nothing speaks against a patch. What can't be seen doesn't: an agent finds the document itself, and
    /// fails closed.
    static Optional<Decision> stop(Situation now, Memory memory, Duration usual) {
        if (!(now.archives() instanceof ArchivesView.Seen seen)) {
            return Optional.empty();
        }
        UUID live = now.live().map(LiveInjection::lineage).map(id -> id.value()).orElse(null);
        return switch (seen.reading()) {
            case Reading.Missing() ->
                live == null ? create(now, seen, memory, usual) : missing(now, live, memory, usual);
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

    /// Fresh, or rebuilt from archives that this app's line left here. Another line's archives are nobody's to take.
    private static Optional<Decision> create(Situation now, ArchivesView.Seen seen, Memory memory, Duration usual) {
        UUID lineage = LineageId.ofApp(new AppResourceId(now.appId())).value();
        Catalogue catalogue = seen.catalogue();
        List<Archived> archives = Stream.concat(catalogue.line().stream(), catalogue.beside().stream())
                .toList();
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

    private static Optional<Decision> missing(Situation now, UUID live, Memory memory, Duration usual) {
        return Optional.of(Decision.of(
                Progress.stalled(
                        "LineageMissing",
                        "the app belongs to lineage " + live + ", but there is no lineage.json in "
                                + now.spec().storage().container()
                                + ": if storage was changed, copy the old container there first (azcopy copy OLD NEW"
                                + " --recursive); if the document was lost, run `jellykeep init --lineage " + live
                                + " --app " + now.appId() + "`, which rebuilds it from the archives"),
                usual,
                memory));
    }

    private static Optional<Progress> mismatch(Situation now, LineageDocument document, @Nullable UUID live) {
        if (document.app() != null && !document.app().equals(now.appId())) {
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
