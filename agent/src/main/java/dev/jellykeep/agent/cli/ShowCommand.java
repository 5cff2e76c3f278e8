package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.prune.Pruner;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.retention.Verdict;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// `show`: all that the listing knows of one archive, and what retention says of it.
final class ShowCommand implements Command {
    @Override
    public String name() {
        return "show";
    }

    @Override
    public String summary() {
        return "Shows one archive: its place in the lineage, its size, and what retention says of it.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addPositional(Options.name(0, "NAME", "1", "The archive, as `list` names it."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        String name = Objects.requireNonNull(invocation.parameter(0));
        try (Session session = Session.open(invocation)) {
            Catalogue.Item item = session.catalogue()
                    .find(name)
                    .orElseThrow(() -> new AgentException(
                            Reason.NO_GOOD_ARCHIVE,
                            "there is no archive " + name + " in "
                                    + session.store().describe() + ": see `jellykeep list`"));
            LineageDocument document = session.reading() instanceof Reading.Present present ? present.document() : null;
            JsonFields json = json(item, ListCommand.role(item, document));
            if (document != null) {
                verdict(invocation, session, document, name, json);
            }
            if (invocation.json()) {
                invocation.out().println(json);
            } else {
                json.forEach((key, value) -> invocation.out().printf("%-14s %s%n", key, value));
            }
            return ExitCode.OK;
        }
    }

    private static void verdict(
            Invocation invocation, Session session, LineageDocument document, String name, JsonFields json) {
        Pruner pruner = new Pruner(session.store(), session.lineage(), invocation.journal());
        pruner.verdicts(document, session.catalogue(), invocation.settings().retention()).stream()
                .filter(verdict -> verdict.candidate().name().equals(name))
                .findFirst()
                .ifPresent(verdict -> json.put("retention", words(verdict)));
    }

    static String words(Verdict verdict) {
        return (verdict.keep() ? "keep: " : "drop: ")
                + verdict.reasons().stream().map(reason -> reason.text()).collect(Collectors.joining("; "));
    }

    static JsonFields json(Catalogue.Item item, String role) {
        JsonFields json = new JsonFields()
                .put("name", item.blob().name())
                .put("is", role)
                .put("blobBytes", item.blob().length())
                .put("lastModified", item.blob().lastModified());
        ArchiveFacts facts = item.facts();
        if (facts != null) {
            json.put("taken", facts.taken())
                    .put("kind", facts.kind().wireName())
                    .put("epoch", facts.epoch())
                    .put("sequence", facts.sequence())
                    .put("parent", facts.parent())
                    .put("lineage", facts.lineage())
                    .put("owner", facts.owner())
                    .put("bytes", facts.bytes())
                    .put("entries", facts.entries())
                    .put("users", facts.users())
                    .putIfPresent("migrationHead", facts.migrationHead())
                    .putIfPresent("appVersion", facts.appVersion())
                    .putIfPresent("suspectReason", facts.suspectReason())
                    .put("sha256", facts.sha256());
        }
        return json;
    }
}
