package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.restore.Pins;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Commands about the lineage as a whole, each of which may be given again: `init`, `init --move-to`, `pin --clear` and
/// `prune`.
final class Administered {
    private static final UUID LINEAGE = new UUID(7, 7);
    private static final String APP =
            "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg/providers/microsoft.app/containerapps/";
    private static final String[] OF_OLD = {"init", "--app", APP + "old"};

    static final String[] INIT = {"init", "--lineage", LINEAGE.toString(), "--app", APP + "new"};
    static final String[] MOVE = {"init", "--app", APP + "old", "--move-to", APP + "new"};
    static final String[] CLEAR = {"pin", "--clear"};
    static final String[] PRUNE = {"prune"};

    /// Beside the data, for who judges: what stays.
    private static final String KEPT = "kept";

    private Administered() {}

    static Place ofAnApp(Path at, Base base) throws IOException {
        Place place = base.copy(at, true, true);
        place.cli().run(OF_OLD).expect(ExitCode.OK);
        // whether the last backup has done so depends on how long ago its data were written
        ByHand.change(place, document -> document.withState(true, null));
        return place;
    }

    static Place pinned(Path at, Base base, boolean withData) throws IOException {
        Place place = base.copy(at, true, withData);
        place.cli().run("pin", history(place).getFirst()).expect(ExitCode.OK);
        return place;
    }

    /// With three archives, of which retention drops the oldest.
    static Place withMore(Path at, Base base) throws IOException {
        Place place = base.copy(at, true, true);
        place.write(Base.NEW);
        place.cli().run("backup").expect(ExitCode.OK);
        List<String> history = history(place);
        Files.write(place.at().resolve(KEPT), history.subList(1, history.size()));
        return place;
    }

    /// As it prunes.
    static Cli sparing(Cli cli) {
        return cli.with("JELLYKEEP_KEEP_LAST", "1")
                .with("JELLYKEEP_KEEP_MINIMUM", "2")
                .with("JELLYKEEP_KEEP_DAILY", "0")
                .with("JELLYKEEP_KEEP_WEEKLY", "0")
                .with("JELLYKEEP_KEEP_MONTHLY", "0");
    }

    /// Archives of which nobody has written down whose they are.
    static Place unknown(Path at, Base base) throws IOException {
        Place place = base.copy(at, false, true);
        try (BlobStore source = base.before().open();
                BlobStore target = place.open()) {
            for (String name : base.before().archives()) {
                byte[] content = source.read(name).orElseThrow().content();
                String _ = target.put(name, content, Map.of());
            }
        }
        return place;
    }

    static void adopted(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        String newest =
                base.before().archives().stream().max(Comparator.naturalOrder()).orElseThrow();
        again(place, place.cli(), ended, INIT, () -> history(place).equals(List.of(newest)));
        require(place.archives().equals(base.before().archives()), "an archive is gone");
        place.requireHead(base.back(), Base.OLD);
    }

    static void initialised(Place place, StoreVictim.Ended ended) throws IOException {
        again(
                place,
                place.cli(),
                ended,
                INIT,
                () -> place.document()
                        .filter(document -> document.lineage().equals(LINEAGE)
                                && (APP + "new").equals(document.app())
                                && document.hasNoArchives())
                        .isPresent());
    }

    static void moved(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        List<String> history = history(place);
        place.requireGoodStore();
        again(
                place,
                place.cli(),
                ended,
                MOVE,
                () -> (APP + "new").equals(document(place).app()));
        require(history.equals(history(place)), "the history is another");
        place.requireHead(base.back(), Base.OLD);
    }

    static void cleared(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        place.requireGoodStore();
        again(place, place.cli(), ended, CLEAR, () -> pin(place).isEmpty());
        place.requireHead(base.back(), Base.OLD);
    }

    /// What is pinned comes back, whatever came before, and stays where it is then.
    static void restoredOnce(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        place.requireGoodStore();
        Path identity = place.root().resolve(".jellykeep/replica.json");
        boolean complete = Files.exists(identity) && Files.readString(identity).contains("\"complete\":true");
        require(complete || ended.code() != ExitCode.OK, "it says that it has restored, and hasn't");
        place.cli().run("restore").expect(ExitCode.OK);
        Place.requireSame(base.back(), place.root(), Base.FIRST);
        place.write(Base.NEW);
        place.cli().run("backup").expect(ExitCode.OK);
        place.requireHead(base.back(), Base.NEW);
    }

    static void pruned(Place place, Base base, StoreVictim.Ended ended) throws IOException {
        place.requireGoodStore();
        List<String> kept = Files.readAllLines(place.at().resolve(KEPT));
        again(place, sparing(ByHand.afterTheHolder(place)), ended, PRUNE, () -> {
            LineageDocument document = document(place);
            return (document.sealed() || document.holder() == null)
                    && document.deleting().isEmpty()
                    && history(place).equals(kept)
                    && place.archives().equals(Set.copyOf(kept));
        });
        place.requireGoodStore();
        place.requireHead(base.back(), Base.NEW);
    }

    private interface State {
        boolean holds();
    }

    /// Where it says that it is done, it is; and given again, it is.
    private static void again(Place place, Cli cli, StoreVictim.Ended ended, String[] command, State done) {
        require(ended.code() != ExitCode.OK || done.holds(), "it says that it is done, and isn't: " + place.document());
        Cli.Answer answer = cli.run(command).expect(ExitCode.OK);
        require(done.holds(), "given again, it is not done: " + answer + place.document());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static LineageDocument document(Place place) {
        return place.document().orElseThrow();
    }

    private static List<String> history(Place place) {
        return document(place).history().stream().map(Listed::name).toList();
    }

    private static Optional<Pin> pin(Place place) {
        try (BlobStore store = place.open()) {
            return Pins.read(store);
        }
    }
}
