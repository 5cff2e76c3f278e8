package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.sandbox.blob.Outage;
import dev.jellykeep.sandbox.standin.StandInClient;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import java.util.List;

/// Blob can't be had for a while, or may not be used. Nothing is lost by it: what runs runs on, and what would start
/// waits.
final class Outages {
    private final Life life;

    Outages(Life life) {
        this.life = life;
    }

    void runWithoutStorage() {
        var kinds = List.of(Outage.REFUSED, Outage.BUSY, Outage.HANGING);
        outage(kinds.get(life.random().nextInt(kinds.size())));
        try {
            life.write(life.server());
        } finally {
            outage(Outage.NONE);
        }
    }

    void startWithoutStorage() {
        life.idle();
        outage(Outage.REFUSED);
        try {
            start("no connection", () -> outage(Outage.NONE));
        } finally {
            outage(Outage.NONE);
        }
    }

    void runWithoutRole() {
        var before = life.town().azure().storage().refusals();
        withdraw();
        try {
            life.write(life.server());
            life.await(
                    "the agent is refused", () -> life.town().azure().storage().refusals() > before);
        } finally {
            assign();
        }
    }

    void startWithoutRole() {
        life.idle();
        withdraw();
        try {
            start("az role assignment create", this::assign);
        } finally {
            assign();
        }
    }

    /// A cold start that can't restore.
    ///
    /// @param words of the restore's complaint
    private void start(String words, Runnable mend) {
        var visit = life.town().visit(StandInClient::facts);
        life.await(
                "restore says '" + words + "'",
                () -> life.town().console("jellykeep-restore").contains(words));
        if (visit.isDone()) {
            throw new ScenarioFailure("The server started although nothing could be restored.");
        }
        mend.run();
        var _ = visit.join();
        life.wake();
    }

    private void outage(Outage how) {
        life.town().azure().storage().outage(how);
    }

    private void withdraw() {
        life.town().withdrawRole(life.town().backupPrincipal());
    }

    private void assign() {
        life.town().assignRole(life.town().backupPrincipal());
    }
}
