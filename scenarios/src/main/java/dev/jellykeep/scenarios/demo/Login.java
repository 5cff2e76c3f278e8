package dev.jellykeep.scenarios.demo;

import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.scenarios.town.ScenarioFailure;
import dev.jellykeep.scenarios.town.Town;

/// What a family must see after every start: its login screen, with everything there.
final class Login {
    private Login() {}

    /// Asks for the page, which starts a replica where there is none, and looks behind it.
    ///
    /// @throws ScenarioFailure if something is missing
    static StandInFacts require(Town town, int users) {
        var server = town.server();
        var page = server.get("/web/");
        require(page.contains("login"), "The setup wizard is back: " + page);
        var facts = server.facts();
        require(facts.wizardCompleted(), "The setup wizard is back.");
        require(
                facts.users() == users && facts.administrators() == 1,
                "There should be %d users, one of them an administrator: %s".formatted(users, facts));
        require(facts.items() > 0, "The library is gone: " + facts);
        require(facts.sumHolds(), "A write is torn: " + facts);
        return facts;
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ScenarioFailure(otherwise);
        }
    }
}
