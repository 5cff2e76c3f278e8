package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.util.Objects;

/// The store and the lineage as a command at a prompt sees them.
///
/// @param reading what `lineage.json` was when the command began
record Session(BlobStore store, LineageStore lineage, Reading reading, Catalogue catalogue) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// @throws AgentException if the lineage isn't the expected one, or is another app's
    static Session open(Invocation invocation) {
        Session session = openAny(invocation);
        try {
            session.requireExpected(invocation);
            return session;
        } catch (AgentException e) {
            session.close();
            throw e;
        }
    }

    /// Whatever lineage is there.
    static Session openAny(Invocation invocation) {
        invocation.requireGoodSettings();
        BlobStore store = invocation.openStore(PATIENCE, true);
        try {
            LineageStore lineage =
                    new LineageStore(store, invocation.settings().run().staleAfter());
            return new Session(store, lineage, lineage.read(), Catalogue.of(store));
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void requireExpected(Invocation invocation) {
        var expected = invocation.settings().app().lineage();
        var app = invocation.settings().app().app();
        if (!(reading instanceof Reading.Present present)) {
            return;
        }
        if (expected != null && !expected.value().equals(present.document().lineage())) {
            throw new AgentException(
                    Reason.LINEAGE_MISSING,
                    store.describe() + " holds lineage " + present.document().lineage() + ", not the expected "
                            + expected.value() + ": check container and prefix");
        }
        String owner = present.document().app();
        if (app != null && owner != null && !Objects.equals(owner, app.value())) {
            throw new AgentException(
                    Reason.OTHER_APP,
                    store.describe() + " belongs to the app " + owner + ", not to " + app.value()
                            + ": use another prefix");
        }
    }

    /// The document, or the failure that says why there is none.
    Reading.Present present() {
        return reading instanceof Reading.Present present ? present : lineage.require();
    }

    @Override
    public void close() {
        store.close();
    }
}
