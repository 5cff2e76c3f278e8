package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.restore.Fitting;
import dev.jellykeep.agent.restore.Pins;
import dev.jellykeep.contract.jellyfin.JellyfinVersion;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.store.archives.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Model.CommandSpec;

/// `pin`: has the next cold start restore an older archive, once.
final class PinCommand implements Command {
    @Override
    public String name() {
        return "pin";
    }

    @Override
    public String summary() {
        return "Has the next cold start restore an older archive or a fork, once.";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.name(
                0, "NAME", "0..1", "The archive, as `list` or `forks` names it; without it, says what is pinned."));
        spec.addOption(Options.flag("--clear", "Take it back: the next cold start restores the head."));
        spec.addOption(Options.text(
                "--fits",
                "VERSION",
                "In place of NAME: the newest archive of the line that this release of Jellyfin can open."));
        spec.addOption(Options.accept());
    }

    @Override
    public ExitCode run(Invocation invocation) {
        String name = invocation.parameter(0);
        boolean clear = invocation.flag("--clear");
        String fits = invocation.text("--fits");
        if ((name != null ? 1 : 0) + (clear ? 1 : 0) + (fits != null ? 1 : 0) > 1) {
            throw new AgentException(Reason.USAGE, "pin takes one of NAME, --fits and --clear: leave the others out");
        }
        List<String> accept =
                invocation.accepted().stream().map(Reason::acceptName).sorted().toList();
        try (Session session = Session.open(invocation)) {
            if (clear) {
                invocation.out().println(clear(session));
            } else if (fits != null) {
                invocation.out().println(set(session, fitting(session, fits), accept));
            } else if (name == null) {
                invocation.out().println(said(session));
            } else {
                invocation.out().println(set(session, name, accept));
            }
            return ExitCode.OK;
        }
    }

    private static String set(Session session, String name, List<String> accept) {
        Reading.Present at = session.present();
        LineageDocument document = at.document();
        Pin pin = new Pin(name, UUID.randomUUID().toString(), accept);
        requireThere(session, document, name);
        String _ = session.store().put(BlobLayout.RESTORE, pin.toBytes(), Map.of());
        String holder = document.holder();
        boolean runs =
                holder != null && !document.sealed() && !session.lineage().holderIsStale(at);
        return "the next cold start restores " + name + ", once; what was saved after it becomes a fork as soon as the"
                + " restored server has been saved\n"
                + (runs
                        ? "a server runs now: let it scale to zero, or restart its revision"
                        : "take it back with `jellykeep pin --clear`");
    }

    private static String fitting(Session session, String text) {
        JellyfinVersion version = Fitting.version(text);
        return Fitting.newest(session.present().document(), session.catalogue(), facts -> Fitting.fits(version, facts))
                .orElseThrow(() -> new AgentException(
                        Reason.NO_GOOD_ARCHIVE,
                        "no archive of the line in " + session.store().describe() + " surely fits Jellyfin " + version
                                + ": see `jellykeep list`"));
    }

    private static void requireThere(Session session, LineageDocument document, String name) {
        boolean there = session.catalogue().find(name).isPresent()
                && document.names(name)
                && !document.deleting().contains(name);
        if (!there) {
            throw new AgentException(
                    Reason.USAGE,
                    "there is no archive " + name + " in the lineage in "
                            + session.store().describe() + ": see `jellykeep list` and `jellykeep forks`");
        }
    }

    private static String clear(Session session) {
        boolean pinned = session.store().read(BlobLayout.RESTORE).isPresent();
        session.store().delete(BlobLayout.RESTORE);
        if (session.reading() instanceof Reading.Present) {
            var _ = session.lineage()
                    .apply(at -> at.document().holds().isEmpty()
                            ? new Step.Done()
                            : new Step.Write(at.document().withHolds(List.of())));
        }
        return pinned ? "taken back: the next cold start restores the head" : "nothing was pinned";
    }

    private static String said(Session session) {
        LineageDocument document = session.present().document();
        Optional<Pin> pin = Pins.read(session.store());
        if (pin.isEmpty()) {
            return "nothing is pinned: the next cold start restores the head";
        }
        return pin.get().isOpen(document)
                ? "the next cold start restores " + pin.get().archive() + ", once"
                : pin.get().archive() + " was pinned, has been restored and counts no more: the next cold start"
                        + " restores the head";
    }
}
