package dev.jellykeep.scenarios.chaos;

import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import java.util.List;

/// What people do beside using the server, and what becomes of the operator.
final class Interventions {
    private static final List<String> SAVED = List.of("promoted", "unchanged");

    private final Life life;

    Interventions(Life life) {
        this.life = life;
    }

    /// A bad archive, newer than all others.
    void plant() {
        var bytes = new byte[1 + life.random().nextInt(4096)];
        life.random().nextBytes(bytes);
        life.town().plant("backup-2099123123595" + life.random().nextInt(10) + ".tar.gz", bytes);
    }

    /// What the server had when the backup was asked for is saved once it is acknowledged, whether the operator lives
    /// to
    /// see it or not.
    void requestBackup() {
        life.needOperator();
        life.town().awaitHolder();
        life.newUser();
        var asked = Point.of(life.server().facts());
        var token = life.town().container() + "-" + life.nextNumber();
        life.cluster().requestBackup(token);
        if (life.random().nextInt(3) == 0) {
            life.cluster().killOperator();
            life.cluster().startOperator();
        }
        life.write(life.server());
        life.awaitDone("the backup is acknowledged", () -> answered(token));
        life.expect(expectation -> expectation.saved(asked));
    }

    private boolean answered(String token) {
        for (var request : life.cluster().status().path("requests")) {
            var result = request.path("result").asText();
            if (request.path("value").asText().equals(token) && !result.equals("Asked")) {
                if (!SAVED.contains(result)) {
                    throw new ScenarioFailure("The backup that was asked for was answered '" + result + "'.\n"
                            + life.cluster().evidence());
                }
                return true;
            }
        }
        return false;
    }

    /// It is started again at once, or by the next move that needs it.
    void killOperator() {
        life.needOperator();
        life.cluster().killOperator();
        if (life.random().nextBoolean()) {
            life.cluster().startOperator();
        }
    }

    /// Somebody deploys the app from a template that knows nothing of us, while it sleeps, or while it runs: then a
    /// server
    /// without data serves until it sleeps, and is told to be unprotected.
    void dropInjection() {
        life.needOperator();
        if (life.random().nextBoolean()) {
            life.idle();
            life.town().deploy(Life.TEMPLATE);
        } else {
            dropWhileItRuns();
        }
        life.awaitDone("our containers are back", this::injected);
        life.wake();
    }

    private void dropWhileItRuns() {
        var town = life.town();
        town.awaitHolder();
        var before = Point.of(life.server().facts());
        var old = town.replicas();
        town.deploy(Life.TEMPLATE);
        life.await("the app runs without our containers", () -> {
            var now = town.replicas();
            return now.size() == 1 && now.stream().noneMatch(old::contains);
        });
        long last = town.lastCommit(old);
        life.expect(expectation -> expectation.sealed(before.furthest(new Point(last, before.users()))));
        life.awaitSeen(
                "Protected is False, since our containers are gone",
                () -> life.cluster()
                        .condition("Protected")
                        .filter(each ->
                                each.status().equals("False") && each.reason().equals("NotInjected"))
                        .isPresent());
        if (life.server().facts().wizardCompleted()) {
            throw new ScenarioFailure("A server without our containers has data: from where?");
        }
        long _ = town.scaleToZero();
    }

    private boolean injected() {
        return life.town()
                .azure()
                .apps()
                .get(Ids.APP)
                .at("/properties/template/initContainers/0/name")
                .asText()
                .equals("jellykeep-restore");
    }
}
