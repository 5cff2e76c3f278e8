package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.DeleteOutcome;
import dev.jellykeep.store.archives.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `forks`: what left the line, and refused snapshots; `--drop` deletes one that nobody needs.
final class ForksCommand implements Command {
    @Override
    public String name() {
        return "forks";
    }

    @Override
    public String summary() {
        return "Lists forks and suspects; --drop NAME deletes one fork's archives, or one suspect.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addOption(Options.text(
                "--drop", "NAME", "Delete the fork that ends with this archive, or this suspect, for good."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Session session = Session.open(invocation)) {
            String drop = invocation.text("--drop");
            if (drop != null) {
                return drop(invocation, session, drop);
            }
            LineageDocument document = session.present().document();
            Table table = new Table("NAME", "IS", "LEFT AFTER", "OWNER", "ARCHIVES");
            List<JsonFields> json = new ArrayList<>();
            for (Fork fork : document.forks()) {
                row(
                        table,
                        json,
                        fork.tip().name(),
                        "fork, " + fork.why().name().toLowerCase(Locale.ROOT),
                        String.valueOf(fork.base()),
                        fork.owner(),
                        fork.archives().size());
            }
            for (Catalogue.Item item : session.catalogue().unlisted(document)) {
                String parent = item.archived()
                        .map(archived -> String.valueOf(archived.parent()))
                        .orElse("?");
                String owner = item.archived().map(archived -> archived.owner()).orElse("?");
                row(table, json, item.blob().name(), "fork, unlisted", parent, owner, 1);
            }
            for (Catalogue.Item item : session.catalogue().suspects()) {
                if (document.names(item.blob().name())) {
                    continue;
                }
                row(table, json, item.blob().name(), ListCommand.role(item, document), "-", "-", 1);
            }
            if (invocation.json()) {
                invocation.out().println(new JsonFields().put("forks", json));
            } else if (table.isEmpty()) {
                invocation
                        .out()
                        .println(
                                "no forks and no suspects in " + session.store().describe());
            } else {
                table.print(invocation.out());
            }
            return ExitCode.OK;
        }
    }

    private static void row(
            Table table, List<JsonFields> json, String name, String is, String base, String owner, int archives) {
        table.row(name, is, base, owner, archives);
        json.add(new JsonFields()
                .put("name", name)
                .put("is", is)
                .put("leftAfter", base)
                .put("owner", owner)
                .put("archives", archives));
    }

    private static ExitCode drop(Invocation invocation, Session session, String name) {
        LineageDocument document = session.present().document();
        Optional<Fork> fork = document.forks().stream()
                .filter(each -> each.tip().name().equals(name))
                .findFirst();
        if (document.indexInHistory(name) >= 0 || document.holds().contains(name)) {
            throw new AgentException(
                    Reason.USAGE, name + " is in the head's history or in use: it is neither fork nor suspect");
        }
        boolean suspect = session.catalogue().suspects().stream()
                .anyMatch(item -> item.blob().name().equals(name));
        if (fork.isEmpty() && !suspect) {
            throw new AgentException(
                    Reason.USAGE,
                    "there is no fork that ends with " + name + " and no such suspect: see `jellykeep forks`");
        }
        List<String> blobs = new ArrayList<>(List.of(name));
        if (fork.isPresent()) {
            blobs = fork.get().archives().stream().map(listed -> listed.name()).toList();
            LineageStore.Outcome outcome = session.lineage().apply(at -> without(at.document(), fork.get()));
            if (outcome instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)) {
                throw new AgentException(Reason.IN_USE, "the fork was not dropped: " + why);
            }
        }
        for (String blob : blobs) {
            DeleteOutcome gone = session.store().delete(blob);
            invocation.out().println(blob + ": " + gone.name().toLowerCase(Locale.ROOT));
        }
        return ExitCode.OK;
    }

    private static Step without(LineageDocument document, Fork fork) {
        if (!document.forks().contains(fork)) {
            return new Step.Done();
        }
        if (fork.archives().stream().anyMatch(listed -> document.holds().contains(listed.name()))) {
            return new Step.Refused("a restore uses it");
        }
        List<Fork> left = new ArrayList<>(document.forks());
        left.remove(fork);
        List<String> doomed = new ArrayList<>(document.deleting());
        fork.archives().forEach(listed -> doomed.add(listed.name()));
        return new Step.Write(document.withLine(document.history(), left).withDeleting(doomed));
    }
}
