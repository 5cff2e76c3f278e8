package dev.jellykeep.operator.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One page of Markdown.
///
/// @param name from the repository's root, such as `docs/operator.md`
public record Page(String name, String text) {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final List<String> FOLDERS = List.of("docs", "charts", "infra", "examples", "plugin");
    private static final List<String> FILES = List.of("README.md", "CONTRIBUTING.md");
    private static final Pattern FENCE = Pattern.compile("^( *)```(.*)$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?) *$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\\[]*\\]\\(([^()\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`([^`\n]+(?:\n[^`\n]+)?)`");

    /// What people are meant to read.
    public static List<Page> all() {
        List<Page> pages = new ArrayList<>();
        FILES.forEach(each -> pages.add(read(ROOT.resolve(each))));
        for (String folder : FOLDERS) {
            if (Files.isDirectory(ROOT.resolve(folder))) {
                try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                    files.filter(each -> each.toString().endsWith(".md"))
                            .sorted()
                            .forEach(each -> pages.add(read(each)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return pages;
    }

    static Page of(String name) {
        return read(ROOT.resolve(name));
    }

    private static Page read(Path file) {
        try {
            return new Page(ROOT.relativize(file).toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @throws IllegalStateException if a fence is never closed
    public List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            Matcher open = FENCE.matcher(lines[i]);
            if (!open.matches()) {
                continue;
            }
            int begin = i + 1;
            StringBuilder inside = new StringBuilder();
            String end = open.group(1) + "```";
            for (i++; i < lines.length && !lines[i].stripTrailing().equals(end); i++) {
                String line = lines[i];
                inside.append(
                                line.startsWith(open.group(1))
                                        ? line.substring(open.group(1).length())
                                        : line)
                        .append('\n');
            }
            if (i == lines.length) {
                throw new IllegalStateException(name + ":" + begin + ": this block is never closed");
            }
            blocks.add(new Block(name, begin + 1, open.group(2).strip(), inside.toString()));
        }
        return blocks;
    }

    /// Without fenced blocks.
    String prose() {
        StringBuilder prose = new StringBuilder();
        boolean inside = false;
        for (String line : text.split("\n", -1)) {
            boolean fence = FENCE.matcher(line).matches();
            if (!inside && !fence) {
                prose.append(line);
            }
            inside = fence != inside;
            prose.append('\n');
        }
        return prose.toString();
    }

    /// Targets of links, as they are written.
    List<String> links() {
        return LINK.matcher(prose().replaceAll("`[^`\n]*`", "`"))
                .results()
                .map(each -> each.group(1))
                .toList();
    }

    /// What stands between backticks.
    List<String> code() {
        return CODE.matcher(prose())
                .results()
                .map(each -> each.group(1).replaceAll("\\s+", " "))
                .toList();
    }

    /// Headings as GitHub names them in addresses.
    Set<String> anchors() {
        Set<String> anchors = new LinkedHashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        for (String line : prose().split("\n", -1)) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String slug = slug(heading.group(1));
                int before = seen.merge(slug, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? slug : slug + "-" + before);
            }
        }
        return anchors;
    }

    private static String slug(String heading) {
        return heading.replaceAll("\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\-_ ]", "")
                .replace(' ', '-');
    }
}
