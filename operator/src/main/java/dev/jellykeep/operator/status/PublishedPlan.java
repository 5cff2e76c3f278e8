package dev.jellykeep.operator.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.api.PlanStatus;
import dev.jellykeep.operator.desired.Change;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.Warning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A patch as a policy's status shows it: without anybody else's values, and of a size that a cluster can keep. What is
/// cut is said.
final class PublishedPlan {
    /// Kubernetes keeps objects of about a mebibyte.
    static final int MOST_PATCH = 64 * 1024;

    static final int MOST_LINES = 128;
    static final int LONGEST_LINE = 1024;

    private final List<String> cut = new ArrayList<>();

    private PublishedPlan() {}

    static PlanStatus of(Plan.Patch patch) {
        PublishedPlan plan = new PublishedPlan();
        List<String> changes = plan.lines(
                "changes", patch.changes().stream().map(Change::sentence).toList());
        List<String> warnings = plan.lines(
                "warnings", patch.warnings().stream().map(Warning::message).toList());
        return new PlanStatus(changes, warnings, plan.json(patch), patch.digest(), plan.cut);
    }

    private @Nullable String json(Plan.Patch patch) {
        String whole = fitting(patch.shown());
        if (whole != null) {
            return whole;
        }
        String outline = fitting(patch.outline());
        cut.add(outline == null ? "patch" : "patch: all of other containers but name and image");
        return outline;
    }

    private static @Nullable String fitting(ObjectNode patch) {
        String text = patch.toString();
        return text.getBytes(StandardCharsets.UTF_8).length > MOST_PATCH ? null : text;
    }

    private List<String> lines(String member, List<String> lines) {
        if (lines.size() > MOST_LINES) {
            cut.add(member + ": " + (lines.size() - MOST_LINES) + " lines");
        }
        if (lines.stream().limit(MOST_LINES).anyMatch(line -> line.length() > LONGEST_LINE)) {
            cut.add(member + ": ends of lines");
        }
        return lines.stream().limit(MOST_LINES).map(PublishedPlan::line).toList();
    }

    private static String line(String line) {
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_LINE - 1) - 1)) + "…";
    }
}
