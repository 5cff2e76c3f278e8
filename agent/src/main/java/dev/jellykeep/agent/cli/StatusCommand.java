package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.restore.Pins;
import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.archives.Catalogue;
import dev.jellykeep.store.archives.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `status`: one screen from Blob alone: protected or not and why.
final class StatusCommand implements Command {
    private static final Duration WATCH_EVERY = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "Says from Blob alone whether the data are protected, and why not; exit code 0 or 1.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addOption(Options.flag("--watch", "Say it again every 5 seconds."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try (Session session = Session.open(invocation)) {
            Session now = session;
            while (true) {
                Protection verdict = once(invocation, now);
                if (!invocation.flag("--watch")) {
                    return verdict.ok() ? ExitCode.OK : ExitCode.NOT_PROTECTED;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(WATCH_EVERY.toMillis()));
                invocation.out().println();
                now = new Session(
                        session.store(), session.lineage(), session.lineage().read(), Catalogue.of(session.store()));
            }
        }
    }

    private static Protection once(Invocation invocation, Session session) {
        Duration heardOf = Protection.heardOf(invocation.settings().run().staleAfter());
        LineageDocument document = session.reading() instanceof Reading.Present present ? present.document() : null;
        List<Protection.Replica> replicas = Heartbeats.all(session.store());
        Catalogue catalogue = session.catalogue();
        int unlisted = document == null ? 0 : catalogue.unlisted(document).size();
        Optional<Listed> head = document == null ? Optional.empty() : document.head();
        boolean headThere = head.map(Listed::name)
                .map(name -> catalogue.find(name).isPresent() || catalogue.isLegacyFolder(name))
                .orElse(false);
        Protection verdict = Protection.judge(
                document,
                headThere,
                replicas,
                unlisted,
                invocation.settings().schedule().recoveryPoint(),
                heardOf);
        JsonFields json = new JsonFields()
                .put("protected", verdict.ok())
                .put("reason", verdict.reason())
                .put("why", verdict.sentence())
                .put("where", session.store().describe());
        head(document, catalogue, pinned(document, session.store()), json);
        lineage(document, unlisted, catalogue, json);
        running(replicas, heardOf, json);
        session.store()
                .read(BlobLayout.PROOF)
                .ifPresent(blob -> Proof.parse(blob.content())
                        .ifPresent(proof -> json.put(
                                "lastProof",
                                (proof.good()
                                                ? proof.archive() + " was whole"
                                                : proof.archive() + ": " + proof.detail())
                                        + " (" + proof.how().wireName() + ", "
                                        + blob.age().toHours() + " h ago)")));
        session.store().credentialExpiry().ifPresent(at -> json.put("credentialEnds", at));
        if (invocation.json()) {
            invocation.out().println(json);
        } else {
            invocation.out().println(verdict.ok() ? "PROTECTED" : "NOT PROTECTED: " + verdict.sentence());
            json.forEach((key, value) -> invocation.out().printf("  %-16s %s%n", key, value));
        }
        return verdict;
    }

    private static Optional<String> pinned(@Nullable LineageDocument document, BlobStore store) {
        if (document == null) {
            return Optional.empty();
        }
        return Pins.read(store).filter(pin -> pin.isOpen(document)).map(pin -> pin.archive() + " (pinned, once)");
    }

    private static void head(
            @Nullable LineageDocument document, Catalogue catalogue, Optional<String> pinned, JsonFields json) {
        Optional<Listed> head = document == null ? Optional.empty() : document.head();
        json.put("wouldRestore", pinned.orElse(head.map(Listed::name).orElse("nothing")));
        head.flatMap(listed -> catalogue.find(listed.name())).ifPresent(item -> {
            json.put("headWritten", item.blob().lastModified());
            ArchiveFacts facts = item.facts();
            if (facts != null) {
                json.put(
                        "headHolds",
                        facts.users() + " users, " + facts.entries() + " entries, " + ByteText.of(facts.bytes()));
            }
        });
    }

    private static void lineage(
            @Nullable LineageDocument document, int unlisted, Catalogue catalogue, JsonFields json) {
        if (document == null) {
            return;
        }
        json.put("lineage", document.lineage())
                .put("state", document.sealed() ? "sealed" : "open")
                .put("epoch", document.epoch())
                .put("holder", document.holder())
                .put("archives", document.history().size())
                .put("forks", document.forks().size() + unlisted)
                .put("suspects", catalogue.suspects().size());
    }

    private static void running(List<Protection.Replica> replicas, Duration heardOf, JsonFields json) {
        List<Protection.Replica> shown = replicas.stream()
                .filter(each -> each.age().compareTo(heardOf) < 0)
                .toList();
        if (shown.isEmpty() && !replicas.isEmpty()) {
            shown = List.of(replicas.getFirst());
        }
        for (Protection.Replica replica : shown) {
            ReplicaReport report = replica.report();
            String key = "agent "
                    + report.replica().substring(0, Math.min(8, report.replica().length()));
            Instant due = report.nextDue();
            String last = report.lastBackup() == null
                    ? "no backup yet"
                    : "last " + report.lastBackup().name();
            json.put(
                    key,
                    report.phase() + ", heard " + replica.age().toSeconds() + " s ago, " + last
                            + (due == null ? "" : ", next " + due)
                            + (replica.unprotected().isZero()
                                    ? ", nothing unsaved"
                                    : ", unsaved for " + replica.unprotected().toSeconds() + " s")
                            + (report.problems().isEmpty()
                                    ? ""
                                    : ", PROBLEM: " + String.join("; ", report.problems())));
        }
    }
}
