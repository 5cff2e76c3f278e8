package dev.jellykeep.agent.attack.store;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// What all points begin with.
///
/// @param maker of the places to attack
/// @param before a place with two archives, and data that are the same as in the head
/// @param epoch in which that was made
/// @param back what a restore of it gives
record Base(Place.Maker maker, Place before, long epoch, Path back) {
    static final String FIRST = "what was saved first";
    static final String OLD = "what was saved before";
    static final String NEW = "what was written since";
    static final String LAST = "what was written last";
    /// Where nothing was restored.
    static final String NOTHING = "no note";

    /// @param large bytes of a file that can't be compressed
    static Base make(Path at, Place.Maker maker, int large) throws IOException {
        Place place = Place.withFolder(at);
        JellyfinFolders folders = ServerData.copyTo(place.root());
        byte[] noise = new byte[large];
        new Random(large).nextBytes(noise);
        Files.write(folders.configDir().resolve("poster.jpg"), noise);
        place.write(FIRST);
        place.cli().run("backup").expect(ExitCode.OK);
        place.write(OLD);
        place.cli().run("backup").expect(ExitCode.OK);
        Path back = Files.createDirectories(at.resolve("back"));
        place.cli("back").run("restore").expect(ExitCode.OK);
        return new Base(maker, place, place.document().orElseThrow().epoch(), back);
    }

    /// A copy of the place.
    ///
    /// @param withStore or an empty one
    /// @param withData or an empty data root
    Place copy(Path to, boolean withStore, boolean withData) throws IOException {
        Place place = maker.in(to);
        if (withStore) {
            place.takeStore(before);
        }
        if (withData) {
            ServerData.copyTree(before.root(), place.root());
        }
        return place;
    }
}
