package dev.jellykeep.agent.snapshot;

import dev.jellykeep.agent.Reason;
import dev.jellykeep.agent.report.ByteText;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may be promoted: decided before the first byte is sent; DESIGN §3.3.
public final class Guards {
    private Guards() {}

    /// What the guards look at.
    ///
    /// @param main the main database's copy; null: there is no main database
    /// @param library the copy of the second main database of versions up to 10.10; null: there is none
    /// @param bytes uncompressed bytes of the snapshot, from the scan
    /// @param minSize bytes
    /// @param maxShrinkPercent 0 to 100
    /// @param tipBytes bytes of my tip; null: no tip, or nothing is known of it, and shrinking can't be judged
    public record Evidence(
            @Nullable DatabaseFacts main,
            @Nullable DatabaseFacts library,
            SystemXml.Wizard wizard,
            long bytes,
            long minSize,
            int maxShrinkPercent,
            @Nullable Long tipBytes) {}

    /// The verdict.
    public sealed interface Verdict {
        record Passed() implements Verdict {}

        /// @param sentence what is wrong with which figures
        record Refused(Reason reason, String sentence) implements Verdict {}
    }

    /// @param accepted SHRINK and MIN_SIZE, where a person has overruled them by name; others are not heeded
    public static Verdict judge(Evidence evidence, Set<Reason> accepted) {
        DatabaseFacts main = evidence.main();
        for (DatabaseFacts each : Arrays.asList(main, evidence.library())) {
            if (each != null && each.check() instanceof DatabaseFacts.Check.Damaged(String what)) {
                return new Verdict.Refused(Reason.INTEGRITY, "a main database is damaged: " + what);
            }
        }
        if (main == null || zero(main.users()) || zero(main.administrators())) {
            return new Verdict.Refused(
                    Reason.NO_USER,
                    main == null
                            ? "there is no main database yet"
                            : "the main database holds " + main.users() + " users and " + main.administrators()
                                    + " administrators");
        }
        if (evidence.wizard() != SystemXml.Wizard.COMPLETED) {
            return new Verdict.Refused(
                    Reason.WIZARD,
                    switch (evidence.wizard()) {
                        case NO_FILE -> "config/system.xml is missing";
                        case UNREADABLE -> "config/system.xml is not valid XML";
                        default -> "config/system.xml says that the setup wizard is not completed";
                    });
        }
        if (evidence.bytes() < evidence.minSize() && !accepted.contains(Reason.MIN_SIZE)) {
            return new Verdict.Refused(
                    Reason.MIN_SIZE,
                    "the snapshot has " + ByteText.of(evidence.bytes()) + ", less than the minimum of "
                            + ByteText.of(evidence.minSize()));
        }
        return shrink(evidence, accepted);
    }

    private static Verdict shrink(Evidence evidence, Set<Reason> accepted) {
        Long tip = evidence.tipBytes();
        if (tip == null || tip <= 0 || accepted.contains(Reason.SHRINK)) {
            return new Verdict.Passed();
        }
        double kept = 100.0 * evidence.bytes() / tip;
        if (100 - kept <= evidence.maxShrinkPercent()) {
            return new Verdict.Passed();
        }
        return new Verdict.Refused(
                Reason.SHRINK,
                "the snapshot has " + ByteText.of(evidence.bytes()) + ", " + Math.round(100 - kept)
                        + " % less than the archive before it (" + ByteText.of(tip) + "); allowed are "
                        + evidence.maxShrinkPercent() + " %");
    }

    private static boolean zero(@Nullable Long count) {
        return count == null || count == 0;
    }
}
