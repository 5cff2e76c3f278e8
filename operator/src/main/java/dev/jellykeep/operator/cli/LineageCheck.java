package dev.jellykeep.operator.cli;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.ShellWord;
import dev.jellykeep.operator.reconcile.Preview;
import dev.jellykeep.store.archives.Reading;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Whether the lineage document is there, and the app's; DESIGN §3.4.
final class LineageCheck {
    private static final String WHAT = "lineage";

    private final Preview.Known seen;
    private final StorageSpec storage;

    private LineageCheck(Preview.Known seen) {
        this.seen = seen;
        this.storage = seen.situation().spec().storage();
    }

    static Check of(Preview.Known seen) {
        return new LineageCheck(seen).judge();
    }

    private Check judge() {
        UUID live = LiveInjection.of(seen.situation().app())
                .map(LiveInjection::lineage)
                .map(LineageId::value)
                .orElse(null);
        ArchivesView archives = seen.creates() == null
                ? seen.situation().archives()
                : seen.outcome().archives();
        return switch (archives) {
            case ArchivesView.Seen found -> judge(found.reading(), live);
            case ArchivesView.Hidden _ ->
                Check.warn(
                        WHAT,
                        "whether lineage.json is there can't be seen: where the archives can be reached, run "
                                + init(live));
            case null -> Check.warn(WHAT, "nobody looked at the archives");
        };
    }

    private Check judge(Reading reading, @Nullable UUID live) {
        return switch (reading) {
            case Reading.Missing() -> live == null ? absent() : lost(live);
            case Reading.Present(LineageDocument document, var _, var _) -> present(document, live);
            case Reading.Unreadable(var _, String why) ->
                Check.fail(WHAT, "lineage.json can't be read (" + why + "): " + init(live));
            case Reading.TooNew(long format) ->
                Check.fail(WHAT, "lineage.json has format " + format + ": upgrade this program");
        };
    }

    private Check absent() {
        return seen.next().progress().reason().startsWith("Lineage")
                ? Check.fail(WHAT, seen.next().progress().message())
                : Check.warn(
                        WHAT,
                        "there is no lineage.json yet: apply creates it; if you deploy the template yourself, "
                                + init(null));
    }

    private Check lost(UUID live) {
        return Check.fail(
                WHAT,
                "the app belongs to lineage " + live + ", but there is no lineage.json in " + storage.container()
                        + ": copy the old container there (azcopy copy OLD NEW --recursive), or rebuild it from its"
                        + " archives: " + init(live));
    }

    private Check present(LineageDocument document, @Nullable UUID live) {
        if (document.app() != null && !document.app().equals(seen.situation().appId())) {
            return Check.fail(
                    WHAT,
                    "the archives in " + storage.container() + " belong to " + document.app()
                            + ": choose another container or prefix");
        }
        if (live != null && !live.equals(document.lineage())) {
            return Check.fail(
                    WHAT,
                    "the app belongs to lineage " + live + ", but " + storage.container() + " holds "
                            + document.lineage() + ": choose the container that holds the app's archives");
        }
        return Check.ok(
                WHAT,
                document.lineage() + ", head "
                        + document.head().map(Listed::name).orElse("none"));
    }

    private String init(@Nullable UUID live) {
        AppResourceId app = new AppResourceId(seen.situation().appId());
        UUID lineage = live == null ? LineageId.ofApp(app).value() : live;
        return "jellykeep init --lineage " + lineage + " --app " + app.value() + " --account-url "
                + storage.accountUrl()
                + " --container " + storage.container()
                + (storage.prefix().isEmpty() ? "" : " --prefix " + ShellWord.of(storage.prefix()));
    }
}
