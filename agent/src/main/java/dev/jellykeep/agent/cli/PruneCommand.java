package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.retention.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// `prune`: applies retention. By hand it takes the lineage for the moment, and only where nobody alive holds it.
final class PruneCommand implements Command {
    @Override
    public String name() {
        return "prune";
    }

    @Override
    public String summary() {
        return "Applies retention; --dry-run prints each archive with keep or drop, and why.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addOption(Options.flag("--dry-run", "Print what would be dropped, and why; change nothing."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Session session = Session.open(invocation)) {
            Pruner pruner = new Pruner(session.store(), session.lineage(), invocation.journal());
            LineageDocument document = session.present().document();
            if (invocation.flag("--dry-run")) {
                print(
                        invocation,
                        pruner.verdicts(
                                document,
                                session.catalogue(),
                                invocation.settings().retention()));
                return ExitCode.OK;
            }
            String me = UUID.randomUUID().toString();
            claim(session, me);
            try {
                Set<String> gone = pruner.prune(me, invocation.settings().retention());
                invocation.out().println("pruned " + gone.size() + " archives");
                gone.stream().sorted().forEach(name -> invocation.out().println("  " + name));
            } finally {
                giveBack(session, me, document.sealed());
            }
            return ExitCode.OK;
        }
    }

    /// @throws AgentException IN_USE if a live replica holds the lineage
    static void claim(Session session, String me) {
        LineageStore.Outcome outcome = session.lineage()
                .apply(at ->
                        Transitions.claim(at.document(), me, session.lineage().holderIsStale(at), true));
        if (!outcome.document().isHeldBy(me)) {
            throw new AgentException(
                    Reason.IN_USE,
                    "replica " + outcome.document().holder() + " holds the lineage in "
                            + session.store().describe()
                            + " and is alive: let its app scale to zero first (it prunes by itself after each backup)");
        }
    }

    /// Leaves the lineage as it was before {@link #claim}, if it is still held.
    static void giveBack(Session session, String me, boolean wasSealed) {
        session.lineage()
                .apply(at -> wasSealed
                        ? Transitions.seal(at.document(), me, at.document().refused())
                        : Transitions.letGo(at.document(), me));
    }

    private static void print(Invocation invocation, List<Verdict> verdicts) {
        if (invocation.json()) {
            List<JsonFields> json = new ArrayList<>();
            for (Verdict verdict : verdicts) {
                json.add(new JsonFields()
                        .put("name", verdict.candidate().name())
                        .put("keep", verdict.keep())
                        .put(
                                "reasons",
                                verdict.reasons().stream()
                                        .map(reason -> reason.text())
                                        .toList()));
            }
            invocation.out().println(new JsonFields().put("archives", json));
            return;
        }
        verdicts.forEach(
                verdict -> invocation.out().println(verdict.candidate().name() + "  " + ShowCommand.words(verdict)));
        invocation
                .out()
                .println(verdicts.stream().filter(Verdict::keep).count() + " would stay, "
                        + verdicts.stream().filter(verdict -> !verdict.keep()).count() + " would go");
    }
}
