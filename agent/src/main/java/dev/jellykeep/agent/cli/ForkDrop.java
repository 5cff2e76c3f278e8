package dev.jellykeep.agent.cli;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.agent.restore.Pins;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.store.DeleteOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `forks drop`: the only way in which a fork's archives are deleted. Their names are doomed in the document first, by
/// compare-and-swap, and only what that swap took from the document as it was seen is deleted.
final class ForkDrop {
    private ForkDrop() {}

    static ExitCode drop(Invocation invocation, Session session, String name) {
        LineageDocument document = session.present().document();
        List<String> blobs = ForkList.find(document, session.catalogue(), name)
                .map(ForkList::archives)
                .or(() -> begun(document, name))
                .orElseThrow(() -> new AgentException(
                        Reason.USAGE,
                        "there is no fork that ends with " + name + " and no such suspect: see `jellykeep forks`"));
        requireNotPinned(session, document, blobs);
        LineageStore.Outcome outcome = session.lineage().apply(at -> Transitions.discard(at.document(), blobs));
        if (outcome instanceof LineageStore.Outcome.Refused(String why, LineageDocument _)) {
            throw new AgentException(
                    Reason.IN_USE, name + " was not dropped: " + why + ": look again with `jellykeep forks`");
        }
        Set<String> gone = new HashSet<>();
        for (String blob : blobs) {
            DeleteOutcome deleted = session.store().delete(blob);
            invocation.out().println(blob + ": " + words(deleted));
            if (deleted != DeleteOutcome.KEPT_BY_POLICY) {
                gone.add(blob);
            }
        }
        session.lineage().apply(at -> Transitions.deleted(at.document(), gone));
        return ExitCode.OK;
    }

    /// One whose drop got no further than its mark. What else is marked in its folder may be of the same fork.
    private static Optional<List<String>> begun(LineageDocument document, String name) {
        if (!document.deleting().contains(name) || document.indexInHistory(name) >= 0) {
            return Optional.empty();
        }
        return Optional.of(document.deleting().stream()
                .filter(each ->
                        document.indexInHistory(each) < 0 && folder(each).equals(folder(name)))
                .toList());
    }

    private static String folder(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    private static void requireNotPinned(Session session, LineageDocument document, List<String> blobs) {
        Optional<String> pinned = Pins.read(session.store())
                .filter(pin -> pin.isOpen(document))
                .map(Pin::archive)
                .filter(blobs::contains);
        if (pinned.isPresent()) {
            throw new AgentException(
                    Reason.IN_USE,
                    "the next cold start is to restore " + pinned.get()
                            + ": take that back with `jellykeep pin --clear` before you drop it");
        }
    }

    private static String words(DeleteOutcome outcome) {
        return switch (outcome) {
            case DELETED -> "deleted";
            case ABSENT -> "was gone already";
            case KEPT_BY_POLICY -> "kept by an immutability policy";
        };
    }
}
