package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.restore.Fitting;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.layout.BlobName;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `list`: every archive and what it is to the lineage.
final class ListCommand implements Command {
    @Override
    public String name() {
        return "list";
    }

    @Override
    public String summary() {
        return "Lists archives with epoch, sequence, size, holder and what they are to the lineage.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addOption(Options.text(
                "--fits", "VERSION", "Only archives that this release of Jellyfin can open, such as 10.10.7."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Session session = Session.open(invocation)) {
            LineageDocument document = session.reading() instanceof Reading.Present present ? present.document() : null;
            List<JsonFields> json = new ArrayList<>();
            Table table = new Table("ARCHIVE", "IS", "EPOCH", "SEQ", "KIND", "SIZE", "BLOB", "USERS", "OWNER");
            String fits = invocation.text("--fits");
            JellyfinVersion version = fits == null ? null : Fitting.version(fits);
            for (Catalogue.Item item : session.catalogue().archives().values()) {
                if (version == null || (item.facts() != null && Fitting.fits(version, item.facts()))) {
                    add(item, role(item, document), table, json);
                }
            }
            if (version != null) {
                return print(invocation, session, table, json, "that surely fit Jellyfin " + version + " ");
            }
            session.catalogue().folders().forEach((folder, files) -> {
                long bytes = files.stream().mapToLong(each -> each.length()).sum();
                String role = olderRole(folder, document);
                table.row(folder + "/", role, "-", "-", "-", "-", ByteText.of(bytes), "-", "-");
                json.add(new JsonFields().put("name", folder).put("is", role).put("blobBytes", bytes));
            });
            return print(invocation, session, table, json, "");
        }
    }

    /// @param which what is said of archives where there are none
    private static ExitCode print(
            Invocation invocation, Session session, Table table, List<JsonFields> json, String which) {
        if (invocation.json()) {
            invocation.out().println(new JsonFields().put("archives", json));
        } else if (table.isEmpty()) {
            invocation
                    .out()
                    .println("no archives " + which + "in " + session.store().describe());
        } else {
            table.print(invocation.out());
        }
        return ExitCode.OK;
    }

    private static void add(Catalogue.Item item, String role, Table table, List<JsonFields> json) {
        ArchiveFacts facts = item.facts();
        String name = item.blob().name();
        String blob = ByteText.of(item.blob().length());
        if (facts == null) {
            table.row(name, role, "-", "-", "-", "-", blob, "-", "-");
        } else {
            table.row(
                    name,
                    role,
                    facts.epoch(),
                    facts.sequence(),
                    facts.kind().wireName(),
                    ByteText.of(facts.bytes()),
                    blob,
                    facts.users(),
                    facts.owner().substring(0, Math.min(8, facts.owner().length())));
        }
        json.add(ShowCommand.json(item, role));
    }

    /// What an archive is to the lineage, in one word or two.
    static String role(Catalogue.Item item, @Nullable LineageDocument document) {
        boolean named = document != null && document.names(item.blob().name());
        if (item.place() instanceof BlobName.SuspectArchive && !named) {
            ArchiveFacts facts = item.facts();
            return "suspect" + (facts == null ? "" : " " + facts.suspectReason());
        }
        if (item.tooNew()) {
            return "newer format";
        }
        if (document == null) {
            return item.facts() == null ? "older format" : "unlisted";
        }
        String name = item.blob().name();
        if (document.head().map(Listed::name).equals(Optional.of(name))) {
            return "head";
        }
        if (document.indexInHistory(name) >= 0) {
            return "history";
        }
        if (document.deleting().contains(name)) {
            return "being deleted";
        }
        if (document.listed().anyMatch(listed -> listed.name().equals(name))) {
            return "fork";
        }
        return item.facts() == null ? "older format" : "fork (unlisted)";
    }

    private static String olderRole(String folder, @Nullable LineageDocument document) {
        if (document == null || document.indexInHistory(folder) < 0) {
            return "older format";
        }
        return document.indexInHistory(folder) == document.history().size() - 1 ? "head" : "history";
    }
}
