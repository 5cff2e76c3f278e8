package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.Objects;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// `promote`: makes a fork or a suspect the head, where nobody alive holds the lineage.
final class PromoteCommand implements Command {
    @Override
    public String name() {
        return "promote";
    }

    @Override
    public String summary() {
        return "Makes a fork's archive or a suspect the head; what was the head becomes a fork.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.name(0, "NAME", "1", "The archive, as `forks` names it."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        String name = Objects.requireNonNull(invocation.parameter(0));
        try (Session session = Session.open(invocation)) {
            return promote(invocation, session, name);
        }
    }

    private static boolean holderLives(Session session) {
        Reading.Present at = session.present();
        return !at.document().sealed()
                && at.document().holder() != null
                && !session.lineage().holderIsStale(at);
    }

    static ExitCode promote(Invocation invocation, Session session, String name) {
        LineageDocument before = session.present().document();
        Catalogue.Item item = session.catalogue()
                .find(name)
                .orElseThrow(() -> new AgentException(
                        Reason.USAGE,
                        "there is no archive " + name + " in " + session.store().describe()
                                + ": see `jellykeep forks`"));
        if (before.indexInHistory(name) >= 0) {
            throw new AgentException(
                    Reason.USAGE,
                    name + " is in the head's history already: restore it with `jellykeep restore --archive " + name
                            + "`");
        }
        if (holderLives(session)) {
            return AcceptAsked.ask(invocation, session, before, item);
        }
        String me = UUID.randomUUID().toString();
        PruneCommand.claim(session, me);
        LineageStore.Outcome outcome;
        try {
            outcome = session.lineage()
                    .apply(at -> Transitions.promoteByHand(
                            at.document(),
                            me,
                            name,
                            item.archived(),
                            session.catalogue().lookup()));
        } finally {
            // After a promotion nothing is left to give back: it seals.
            PruneCommand.giveBack(session, me, before.sealed());
        }
        if (outcome instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)) {
            throw new AgentException(Reason.USAGE, name + " was not promoted: " + why);
        }
        invocation
                .out()
                .println(name + " is the head; the head before it, "
                        + before.head().map(Listed::name).orElse("none") + ", "
                        + (outcome.document().forks().size() > before.forks().size()
                                ? "is a fork now"
                                : "stays in history"));
        return ExitCode.OK;
    }
}
