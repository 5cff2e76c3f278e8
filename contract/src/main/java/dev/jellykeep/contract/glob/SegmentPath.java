package dev.jellykeep.contract.glob;

import java.util.ArrayList;
import java.util.List;

/// One brace-free glob as a row of segments. A set of places reached in it is a bit mask: bit i means that the first i
/// segments are matched.
record SegmentPath(List<Segment> segments) {
    private static final int MOST = 60;

    static SegmentPath parse(String glob) throws GlobSyntaxException {
        boolean belowOnly = glob.endsWith("/");
        List<Segment> segments = new ArrayList<>();
        for (String part : split(belowOnly ? glob.substring(0, glob.length() - 1) : glob)) {
            if (part.isEmpty()) {
                throw new GlobSyntaxException("it has an empty part; write single slashes, and none at the beginning");
            }
            if (part.equals(".") || part.equals("..")) {
                throw new GlobSyntaxException(
                        "it contains \"%s\"; write the path as seen from the data root".formatted(part));
            }
            Segment segment = Segment.parse(part);
            if (!(segment.equals(Segment.ANY_DEPTH)
                    && !segments.isEmpty()
                    && segments.getLast().equals(Segment.ANY_DEPTH))) {
                segments.add(segment);
            }
        }
        if (belowOnly && !segments.getLast().equals(Segment.ANY_DEPTH)) {
            segments.add(Segment.ANY_DEPTH);
        }
        // "a/**" is what lies below a, and not a itself.
        if (segments.getLast().equals(Segment.ANY_DEPTH)) {
            segments.add(Segment.ANY_NAME);
        }
        if (segments.size() > MOST) {
            throw new GlobSyntaxException("it has more than %d parts; write a shorter one".formatted(MOST));
        }
        return new SegmentPath(List.copyOf(segments));
    }

    long start() {
        return closure(1L);
    }

    long advance(long places, int[] name) {
        long next = 0;
        for (int i = 0; i < segments.size(); i++) {
            if ((places & bit(i)) != 0) {
                Segment segment = segments.get(i);
                if (segment.equals(Segment.ANY_DEPTH)) {
                    next |= bit(i);
                } else if (segment.matches(name)) {
                    next |= bit(i + 1);
                }
            }
        }
        return closure(next);
    }

    boolean matched(long places) {
        return (places & bit(segments.size())) != 0;
    }

    /// Whether whatever comes next matches.
    boolean matchesAnyNext(long places) {
        int last = segments.size() - 1;
        return (places & bit(last)) != 0 && segments.get(last).equals(Segment.ANY_NAME);
    }

    private long closure(long places) {
        long closed = places;
        for (int i = 0; i < segments.size(); i++) {
            if ((closed & bit(i)) != 0 && segments.get(i).equals(Segment.ANY_DEPTH)) {
                closed |= bit(i + 1);
            }
        }
        return closed;
    }

    private static long bit(int place) {
        return 1L << place;
    }

    private static List<String> split(String glob) throws GlobSyntaxException {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\') {
                if (++i == glob.length()) {
                    throw new GlobSyntaxException("it ends with a lone backslash; write \\\\ for one");
                }
                if (glob.charAt(i) == '/') {
                    throw new GlobSyntaxException("a slash can't be escaped; write it without the backslash");
                }
            } else if (c == '[') {
                i = CharClass.end(glob, i);
            } else if (c == '/') {
                parts.add(glob.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(glob.substring(start));
        return parts;
    }
}
