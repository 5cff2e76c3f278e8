package dev.jellykeep.contract.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How an archive gets onto the head's line or beside it. What leaves the line becomes a fork entry as a
/// whole.
final class Splice {
    private Splice() {}

    /// The archive becomes the head. Where the line of `tip` isn't the head's, history is cut where that
    /// line left it.
    static LineageDocument head(
            LineageDocument document, Archived archive, @Nullable String tip, Transitions.Lookup lookup) {
        String head = document.head().map(Listed::name).orElse(null);
        if (Objects.equals(head, archive.parent())) {
            return document.withLine(LineageDocument.plus(document.history(), archive.listed()), document.forks());
        }
        Ancestry ancestry = Ancestry.of(document, tip, lookup::parentOf);
        List<Listed> line = new ArrayList<>();
        List<Fork> forks = new ArrayList<>(document.forks());
        ancestry.own().ifPresent(own -> {
            forks.remove(own);
            line.addAll(own.archives());
        });
        line.add(archive.listed());
        return replaced(document, ancestry.shared(), line, forks, lookup);
    }

    /// The slice of `fork` up to `name` becomes the line; what follows `name` stays a fork.
    static LineageDocument slice(LineageDocument document, Fork fork, String name, Transitions.Lookup lookup) {
        Ancestry ancestry = Ancestry.of(document, fork.base(), lookup::parentOf);
        List<Listed> line = new ArrayList<>();
        List<Listed> rest = new ArrayList<>();
        boolean beyond = false;
        for (Listed archive : fork.archives()) {
            (beyond ? rest : line).add(archive);
            beyond |= archive.name().equals(name);
        }
        List<Fork> forks = new ArrayList<>(document.forks());
        forks.remove(fork);
        if (!rest.isEmpty()) {
            forks.add(new Fork(name, fork.owner(), fork.why(), rest));
        }
        return replaced(document, ancestry.shared(), line, forks, lookup);
    }

    private static LineageDocument replaced(
            LineageDocument document, int shared, List<Listed> line, List<Fork> forks, Transitions.Lookup lookup) {
        List<Listed> old = document.history();
        List<Listed> displaced = old.subList(shared, old.size());
        if (!displaced.isEmpty()) {
            String owner = lookup.ownerOf(displaced.getLast().name());
            forks.add(new Fork(base(document, shared), owner, Fork.Why.DISPLACED, displaced));
        }
        List<Listed> history = new ArrayList<>(old.subList(0, shared));
        history.addAll(line);
        return document.withLine(history, forks);
    }

    /// The archive is listed beside the line: in the entry that ends with `tip`, else in a new one.
    static LineageDocument beside(
            LineageDocument document, String me, Archived archive, @Nullable String tip, Transitions.Lookup lookup) {
        Ancestry ancestry = Ancestry.of(document, tip, lookup::parentOf);
        List<Fork> forks = new ArrayList<>(document.forks());
        Optional<Fork> own = ancestry.own();
        if (own.isPresent()) {
            forks.set(forks.indexOf(own.get()), own.get().with(archive.listed(), me));
        } else {
            forks.add(new Fork(base(document, ancestry.shared()), me, Fork.Why.STANDBY, List.of(archive.listed())));
        }
        return document.withLine(document.history(), forks);
    }

    private static @Nullable String base(LineageDocument document, int shared) {
        return shared == 0 ? null : document.history().get(shared - 1).name();
    }
}
