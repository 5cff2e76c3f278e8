package dev.jellykeep.operator.documents;

import java.util.List;

/// The part of docs/verify-live.md that is made: all blocks that nothing here can run.
final class LiveList {
    private static final String BEGIN = "<!-- made by tools/update-docs: begin -->\n";
    private static final String END = "<!-- made by tools/update-docs: end -->\n";

    private LiveList() {}

    /// @param page as it is
    static String put(String page, List<Block> live) {
        StringBuilder table = new StringBuilder("\n| page | begins with |\n|---|---|\n");
        for (Block each : live) {
            String link =
                    each.page().startsWith("docs/") ? each.page().substring("docs/".length()) : "../" + each.page();
            String first = each.firstLine()
                    .replaceFirst(" *\\\\$", " …")
                    .replaceFirst(" +#.*", "")
                    .replace("|", "\\|");
            table.append("| [%s](%s) | `%s` |%n".formatted(each.page(), link, first));
        }
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            throw new IllegalStateException("docs/verify-live.md has lost the marks between which its list stands");
        }
        return page.substring(0, begin) + table + "\n" + page.substring(end);
    }
}
