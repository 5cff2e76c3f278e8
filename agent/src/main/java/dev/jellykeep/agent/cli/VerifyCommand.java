package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.archive.ArchiveRefused;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.report.ByteText;
import dev.jellykeep.agent.restore.NotABackupException;
import dev.jellykeep.agent.restore.Proofs;
import dev.jellykeep.agent.restore.Provenance;
import dev.jellykeep.agent.restore.Stager;
import dev.jellykeep.contract.archive.DatabaseRecord;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.archive.Skipped;
import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `verify`: downloads an archive, checks every digest, opens every database and compares counts with the manifest.
final class VerifyCommand implements Command {
    @Override
    public String name() {
        return "verify";
    }

    @Override
    public String summary() {
        return "Downloads an archive, checks every digest, opens every database and compares with the manifest.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.output());
        spec.addOption(Options.flag("--all", "Verify every archive."));
        spec.addOption(Options.flag(
                "--adopt", "Make the newest older-format archive that verifies the head of an empty lineage."));
        spec.addPositional(Options.name(0, "NAME", "0..1", "The archive; default the head."));
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException {
        try (Session session = Session.open(invocation)) {
            if (invocation.flag("--adopt")) {
                return adopt(invocation, session);
            }
            List<String> names = names(invocation, session);
            List<JsonFields> json = new ArrayList<>();
            boolean good = true;
            for (String name : names) {
                good &= verify(invocation, session, name, json);
            }
            if (invocation.json()) {
                invocation.out().println(new JsonFields().put("archives", json));
            }
            return good ? ExitCode.OK : ExitCode.NO_GOOD_ARCHIVE;
        }
    }

    private static List<String> names(Invocation invocation, Session session) {
        String name = invocation.parameter(0);
        if (invocation.flag("--all")) {
            List<String> names = new ArrayList<>(session.catalogue().archives().keySet());
            names.addAll(session.catalogue().folders().keySet());
            return names;
        }
        if (name != null) {
            if (session.catalogue().find(name).isEmpty() && !session.catalogue().isLegacyFolder(name)) {
                throw new AgentException(
                        Reason.NO_GOOD_ARCHIVE,
                        "there is no archive " + name + " in " + session.store().describe() + ": see `jellykeep list`");
            }
            return List.of(name);
        }
        return List.of(session.present()
                .document()
                .head()
                .map(Listed::name)
                .orElseThrow(() -> new AgentException(
                        Reason.NO_BACKUP,
                        "the lineage in " + session.store().describe() + " has no head: name an archive, see"
                                + " `jellykeep list`")));
    }

    private static boolean verify(Invocation invocation, Session session, String name, List<JsonFields> json)
            throws IOException {
        JsonFields fields = new JsonFields().put("name", name);
        json.add(fields);
        long began = System.nanoTime();
        Stager.Staged staged = null;
        String verdict;
        boolean good = false;
        try {
            staged = stage(invocation, session, name);
            good = true;
            verdict = words(staged);
            fields.put("users", staged.users())
                    .put("bytes", staged.staging().extracted().bytes())
                    .put("entries", staged.staging().extracted().entries());
        } catch (ArchiveRefused e) {
            verdict = e.reason() + ": " + e.getMessage();
        } catch (NotABackupException e) {
            verdict = "not a backup: " + e.getMessage();
        } catch (AgentException e) {
            if (e.reason() != Reason.WIZARD) {
                throw e;
            }
            verdict = e.reason() + ": " + e.getMessage();
        }
        fields.put("good", good).put("verdict", verdict);
        prove(invocation, session, name, good, verdict, Duration.ofNanos(System.nanoTime() - began), staged);
        if (!invocation.json()) {
            invocation.out().println(name + ": " + (good ? "good, " : "NOT USABLE, ") + verdict);
        }
        return good;
    }

    /// What is found of the head is left for everybody to see, as a drill would.
    private static void prove(
            Invocation invocation,
            Session session,
            String name,
            boolean good,
            String verdict,
            Duration took,
            Stager.@Nullable Staged staged) {
        boolean head = session.reading() instanceof Reading.Present present
                && present.document().head().map(Listed::name).equals(Optional.of(name));
        if (!head) {
            return;
        }
        Proofs.leave(
                new Proof(
                        name,
                        Proof.How.VERIFY,
                        good,
                        verdict,
                        invocation.clock().instant(),
                        took.toMillis(),
                        staged == null ? 0 : staged.staging().extracted().bytes(),
                        staged == null
                                ? 0
                                : staged.staging().extracted().databases().size(),
                        staged == null ? -1 : staged.users(),
                        invocation.agent()),
                session.store(),
                invocation.journal());
    }

    private static String words(Stager.Staged staged) {
        var extracted = staged.staging().extracted();
        String users = staged.users() < 0 ? "no users' table" : staged.users() + " users";
        long unverified = extracted.databases().stream()
                .map(DatabaseRecord::unverified)
                .filter(why -> why != null)
                .count();
        List<Skipped> skipped = extracted.skipped();
        return extracted.entries() + " entries, " + ByteText.of(extracted.bytes()) + ", " + users
                + (extracted.header() == null ? ", older format" : ", all digests match")
                + (staged.unrecovered().isEmpty()
                        ? ""
                        : ", " + staged.unrecovered().size() + " databases can't be recovered")
                + (unverified == 0 ? "" : ", " + unverified + " databases unverified")
                + (skipped.isEmpty() ? "" : ", " + skipped.size() + " files were left out");
    }

    /// Stages into a scratch folder that is gone afterwards.
    private static Stager.Staged stage(Invocation invocation, Session session, String name) throws IOException {
        Path work = Files.createTempDirectory("jellykeep-verify-");
        try {
            Stager stager = invocation.stager(session.store(), "verifying");
            Stager.Staged staged = stager.stage(session.catalogue(), name, work, roles(invocation), Set.of());
            if (session.reading() instanceof Reading.Present present) {
                Provenance.requireListed(
                        present.document(),
                        session.catalogue(),
                        name,
                        staged.staging().extracted().sha256());
            }
            return staged;
        } finally {
            Workspace.deleteTree(work);
        }
    }

    private static Roles roles(Invocation invocation) {
        return invocation.settings().app().missing().isEmpty()
                ? invocation.dataRoot().roles()
                : new Roles("", "config");
    }

    /// Finds the newest older archive that verifies and adopts it; the bad ones are named.
    static ExitCode adopt(Invocation invocation, Session session) throws IOException {
        if (!session.present().document().hasNoArchives()) {
            throw new AgentException(
                    Reason.USAGE,
                    "the lineage in " + session.store().describe()
                            + " has archives already: --adopt is for a lineage that never had a head");
        }
        for (String name : session.catalogue().adoptable()) {
            try {
                Stager.Staged staged = stage(invocation, session, name);
                LineageStore.Outcome outcome = session.lineage()
                        .apply(at -> Transitions.adopt(
                                at.document(),
                                name,
                                staged.staging().extracted().sha256()));
                invocation
                        .out()
                        .println(name + ": good, " + words(staged) + "; adopted, head is now "
                                + outcome.document().head().map(Listed::name).orElse("none"));
                return ExitCode.OK;
            } catch (ArchiveRefused e) {
                invocation.out().println(name + ": NOT USABLE, " + e.getMessage());
            } catch (NotABackupException e) {
                invocation.out().println(name + ": not a backup, " + e.getMessage());
            }
        }
        throw new AgentException(
                Reason.NO_GOOD_ARCHIVE,
                "no older archive in " + session.store().describe() + " verifies: nothing was adopted");
    }
}
