package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.archives.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that is beside the line, with what a listing alone tells of it.
///
/// @param name of the fork's last archive, or of the suspect
/// @param is fork or suspect, and how it came to be
/// @param base last archive that it shares with the line; null: none, or not known
/// @param archives names, oldest first
record ForkList(String name, String is, @Nullable String base, String owner, List<String> archives) {

    static List<ForkList> of(LineageDocument document, Catalogue catalogue) {
        List<ForkList> all = new ArrayList<>();
        for (Fork fork : document.forks()) {
            all.add(new ForkList(
                    fork.tip().name(),
                    "fork, " + fork.why().name().toLowerCase(Locale.ROOT),
                    fork.base(),
                    fork.owner(),
                    fork.archives().stream().map(Listed::name).toList()));
        }
        for (Catalogue.Item item : catalogue.unlisted(document)) {
            all.add(alone(item, "fork, unlisted"));
        }
        for (Catalogue.Item item : catalogue.suspects()) {
            if (!document.names(item.blob().name())) {
                all.add(alone(item, ListCommand.role(item, document)));
            }
        }
        return all;
    }

    /// The one that ends with `name`.
    static Optional<ForkList> find(LineageDocument document, Catalogue catalogue, String name) {
        return of(document, catalogue).stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }

    private static ForkList alone(Catalogue.Item item, String is) {
        ArchiveFacts facts = item.facts();
        String name = item.blob().name();
        return new ForkList(
                name, is, facts == null ? null : facts.parent(), facts == null ? "-" : facts.owner(), List.of(name));
    }

    /// When its first archive was made, by the service's clock; empty for a name that tells no time.
    Optional<Instant> from() {
        return time(archives.getFirst());
    }

    /// When its last archive was made.
    Optional<Instant> to() {
        return time(name);
    }

    private static Optional<Instant> time(String name) {
        return ArchiveName.parse(name.substring(name.lastIndexOf('/') + 1)).map(ArchiveName::time);
    }

    static ExitCode print(Invocation invocation, Session session) {
        LineageDocument document = session.present().document();
        List<ForkList> all = of(document, session.catalogue());
        if (invocation.json()) {
            invocation
                    .out()
                    .println(new JsonFields()
                            .put(
                                    "forks",
                                    all.stream()
                                            .map(each -> each.json(session.catalogue()))
                                            .toList()));
            return ExitCode.OK;
        }
        Table table = new Table("NAME", "IS", "LEFT AFTER", "FROM", "TO", "ARCHIVES", "HOLDS", "OWNER");
        for (ForkList each : all) {
            table.row(
                    each.name,
                    each.is,
                    each.base == null ? "-" : each.base,
                    each.from().map(String::valueOf).orElse("-"),
                    each.to().map(String::valueOf).orElse("-"),
                    each.archives.size(),
                    each.facts(session.catalogue())
                            .map(known -> known.users() + " users, " + known.entries() + " entries, "
                                    + ByteText.of(known.bytes()))
                            .orElse("?"),
                    each.owner.substring(0, Math.min(8, each.owner.length())));
        }
        if (table.isEmpty()) {
            invocation
                    .out()
                    .println("no forks and no suspects in " + session.store().describe());
        } else {
            table.print(invocation.out());
            invocation
                    .out()
                    .println("what one holds that the head does not: `jellykeep forks show NAME` (downloads both)");
        }
        return ExitCode.OK;
    }

    private Optional<ArchiveFacts> facts(Catalogue catalogue) {
        return catalogue.find(name).map(Catalogue.Item::facts);
    }

    JsonFields json(Catalogue catalogue) {
        JsonFields json = new JsonFields()
                .put("name", name)
                .put("is", is)
                .put("leftAfter", base)
                .put("owner", owner)
                .put("archives", archives.size());
        from().ifPresent(at -> json.put("from", at));
        to().ifPresent(at -> json.put("to", at));
        facts(catalogue)
                .ifPresent(known -> json.put("users", known.users())
                        .put("entries", known.entries())
                        .put("bytes", known.bytes()));
        return json;
    }
}
