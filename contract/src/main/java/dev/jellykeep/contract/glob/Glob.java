package dev.jellykeep.contract.glob;

import dev.jellykeep.contract.ParsedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A glob relative to the data root: `*` and `?` within a name, `**` for any number of folders, `[…]`, `{a,b}`, `\` to
/// escape, `/` between names. Case matters, a leading dot doesn't. What matches a folder matches everything below it;
/// with a `/` at the end it is only what lies below. `*.log` is the top of the root only, `**/*.log` is anywhere.
///
/// Matching takes time proportional to glob × path, whatever the glob.
public final class Glob {
    private static final int LONGEST = 1024;

    private final String text;
    private final List<SegmentPath> alternatives;

    private Glob(String text, List<SegmentPath> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    public static ParsedText<Glob> parse(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.indexOf('\0') >= 0) {
            return ParsedText.bad("a glob has 1 to %d characters; write one like data/*.log".formatted(LONGEST));
        }
        if (text.startsWith("/")) {
            return ParsedText.bad("a glob is relative to the data root; write it without the slash at the beginning");
        }
        try {
            List<SegmentPath> alternatives = new ArrayList<>();
            for (String plain : Braces.expand(text)) {
                alternatives.add(SegmentPath.parse(plain));
            }
            return ParsedText.ok(new Glob(text, List.copyOf(alternatives)));
        } catch (GlobSyntaxException e) {
            return ParsedText.bad(e.reason());
        }
    }

    /// `name` as a glob that matches nothing else.
    public static String escape(String name) {
        return name.replaceAll("[\\\\*?\\[\\]{},]", "\\\\$0");
    }

    /// Whether the path, or a folder above it, matches.
    ///
    /// @param path relative to the data root, with `/`
    public boolean matches(String path) {
        int[][] names = names(path);
        return alternatives.stream().anyMatch(a -> walk(a, names, false));
    }

    /// Whether everything that can lie below this folder matches.
    public boolean coversAllBelow(String folder) {
        int[][] names = names(folder);
        return alternatives.stream().anyMatch(a -> walk(a, names, true));
    }

    /// Whether anything that can lie below this folder matches.
    public boolean mayMatchBelow(String folder) {
        int[][] names = names(folder);
        return alternatives.stream().anyMatch(a -> {
            long places = a.start();
            for (int i = 0; i < names.length && places != 0; i++) {
                places = a.advance(places, names[i]);
                if (a.matched(places)) {
                    return true;
                }
            }
            return places != 0;
        });
    }

    /// The glob as it was written.
    @Override
    public String toString() {
        return text;
    }

    private static boolean walk(SegmentPath glob, int[][] names, boolean allBelow) {
        long places = glob.start();
        for (int[] name : names) {
            places = glob.advance(places, name);
            if (glob.matched(places)) {
                return true;
            }
        }
        return allBelow && glob.matchesAnyNext(places);
    }

    private static int[][] names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty())
                .map(name -> name.codePoints().toArray())
                .toArray(int[][]::new);
    }
}
