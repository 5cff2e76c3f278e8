package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Rebuild;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.settings.Settings;
import dev.jellykeep.store.archives.Reading;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `init`: creates the lineage document of a new installation, or rebuilds a lost one.
final class InitCommand implements Command {
    @Override
    public String name() {
        return "init";
    }

    @Override
    public String summary() {
        return "Creates the lineage document of a new installation; rebuilds a lost one; adopts older archives.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.text("--move-to", "RESOURCE_ID", "Give a sealed lineage to another app."));
        spec.addOption(Options.flag(
                "--rebuild", "Rebuild the document from the archives although it is there; only if it has no head."));
    }

    @Override
    public ExitCode run(Invocation invocation) throws IOException {
        try (Session session = open(invocation)) {
            String moveTo = invocation.text("--move-to");
            if (moveTo != null) {
                return move(invocation, session, moveTo);
            }
            LineageDocument document = document(invocation, session);
            if (document.hasNoArchives() && !session.catalogue().adoptable().isEmpty()) {
                return VerifyCommand.adopt(invocation, session);
            }
            return ExitCode.OK;
        }
    }

    /// `--move-to` is the one call that may find another app's lineage.
    private static Session open(Invocation invocation) {
        return invocation.text("--move-to") == null ? Session.open(invocation) : Session.openAny(invocation);
    }

    private static LineageDocument document(Invocation invocation, Session session) {
        Settings settings = invocation.settings();
        var app = settings.app().app();
        String resourceId = app == null ? null : app.value();
        if (session.reading() instanceof Reading.Present present) {
            if (invocation.flag("--rebuild") && present.document().head().isEmpty()) {
                return rebuilt(invocation, session, present);
            }
            if (resourceId != null && present.document().app() == null) {
                session.lineage()
                        .apply(at -> at.document().app() == null
                                ? new Step.Write(at.document().withApp(resourceId))
                                : new Step.Done());
            }
            invocation
                    .out()
                    .println("lineage " + present.document().lineage() + " is there already, head "
                            + present.document().head().map(Listed::name).orElse("none"));
            return present.document();
        }
        var expected = settings.app().lineage();
        UUID lineage = expected != null
                ? expected.value()
                : found(session)
                        .orElseGet(() -> app == null
                                ? UUID.randomUUID()
                                : LineageId.ofApp(app).value());
        LineageDocument fresh = fromListing(session, lineage, resourceId);
        LineageDocument written = session.lineage().create(fresh).document();
        invocation
                .out()
                .println("lineage " + written.lineage() + " created in "
                        + session.store().describe() + ", head "
                        + written.head().map(Listed::name).orElse("none"));
        return written;
    }

    private static Optional<UUID> found(Session session) {
        return session.catalogue().line().stream()
                .max(Comparator.comparingLong(Archived::epoch).thenComparingLong(Archived::sequence))
                .map(Archived::lineage);
    }

    private static LineageDocument fromListing(Session session, UUID lineage, @Nullable String app) {
        List<Archived> line = only(session.catalogue().line(), lineage);
        List<Archived> beside = only(session.catalogue().beside(), lineage);
        return line.isEmpty() && beside.isEmpty()
                ? LineageDocument.fresh(lineage, app)
                : Rebuild.of(lineage, app, line, beside);
    }

    private static List<Archived> only(List<Archived> archives, UUID lineage) {
        return archives.stream().filter(each -> each.lineage().equals(lineage)).toList();
    }

    private static LineageDocument rebuilt(Invocation invocation, Session session, Reading.Present present) {
        LineageDocument from = fromListing(
                session, present.document().lineage(), present.document().app());
        LineageStore.Outcome outcome = session.lineage()
                .apply(at -> at.document().head().isPresent() ? new Step.Done() : new Step.Write(from));
        invocation
                .out()
                .println("lineage " + from.lineage() + " rebuilt, head "
                        + outcome.document().head().map(Listed::name).orElse("none") + ", "
                        + outcome.document().forks().size() + " forks");
        return outcome.document();
    }

    private static ExitCode move(Invocation invocation, Session session, String to) {
        String app = switch (AppResourceId.parse(to)) {
            case ParsedText.Ok<AppResourceId>(AppResourceId good) -> good.value();
            case ParsedText.Bad<AppResourceId>(String why) ->
                throw new AgentException(Reason.USAGE, "--move-to " + to + ": " + why);
        };
        LineageStore.Outcome outcome = session.lineage().apply(at -> {
            if (app.equals(at.document().app())) {
                return new Step.Done();
            }
            return at.document().sealed()
                    ? new Step.Write(at.document().withApp(app))
                    : new Step.Refused("the lineage is not sealed: let its app scale to zero first");
        });
        if (outcome instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)) {
            throw new AgentException(Reason.IN_USE, "not moved: " + why);
        }
        invocation.out().println("lineage " + outcome.document().lineage() + " belongs to " + app);
        return ExitCode.OK;
    }
}
