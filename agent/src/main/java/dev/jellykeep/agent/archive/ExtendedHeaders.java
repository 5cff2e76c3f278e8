package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// The extended headers before one entry: pax (`x`, `g`) and GNU's long names (`L`, `K`). Refuses what the tar reader
/// would take memory or stack for, and whatever lets two readers see different ends of one entry.
final class ExtendedHeaders {
    private static final Set<Character> TYPES = Set.of('x', 'g', 'L', 'K');
    private static final int LARGEST = 1 << 20;
    /// Global records stay in the reader's memory for the rest of the archive.
    private static final int LARGEST_GLOBAL = 1 << 16;

    private final Set<Character> pending = new HashSet<>();
    private byte[] content = new byte[0];
    private int filled;
    private char type;
    private long paxSize = -1;
    private long globalBytes;

    static boolean isExtension(char type) {
        return TYPES.contains(type);
    }

    /// True between an extended header and the entry that it is about.
    boolean pending() {
        return !pending.isEmpty();
    }

    void begin(char extension, long size) throws IOException {
        if (size > LARGEST) {
            throw ArchiveRefused.hostile("it holds an extended header of " + size + " bytes");
        }
        if (!pending.add(extension)) {
            throw ArchiveRefused.hostile("an entry has two extended headers of type " + extension);
        }
        globalBytes += extension == 'g' ? size : 0;
        if (globalBytes > LARGEST_GLOBAL) {
            throw ArchiveRefused.hostile("its global headers are longer than " + LARGEST_GLOBAL + " bytes");
        }
        type = extension;
        content = new byte[(int) size];
        filled = 0;
    }

    void append(byte[] block, int count) throws IOException {
        System.arraycopy(block, 0, content, filled, count);
        filled += count;
        if (filled < content.length) {
            return;
        }
        if (type == 'L') {
            requireRelative(new String(content, StandardCharsets.UTF_8));
        } else if (type != 'K') {
            int from = 0;
            while (from < content.length && content[from] != 0) {
                from = record(from);
            }
        }
    }

    /// Ends the headers of one entry.
    ///
    /// @param inHeader size that the entry's own header names
    /// @return bytes of the entry's content
    long sizeOf(long inHeader) {
        long size = paxSize >= 0 ? paxSize : inHeader;
        paxSize = -1;
        pending.clear();
        return size;
    }

    /// One pax record: `LENGTH KEY=VALUE\n`, the length counting itself.
    private int record(int from) throws IOException {
        int space = from;
        long length = 0;
        while (space < content.length && content[space] >= '0' && content[space] <= '9' && length < 1 << 24) {
            length = length * 10 + content[space++] - '0';
        }
        long end = from + length;
        if (space == from
                || space >= content.length
                || content[space] != ' '
                || end > content.length
                || end <= space + 1
                || content[(int) end - 1] != '\n') {
            throw ArchiveRefused.damaged("an extended header is malformed");
        }
        String text = new String(content, space + 1, (int) end - space - 2, StandardCharsets.UTF_8);
        int equals = text.indexOf('=');
        if (equals <= 0) {
            throw ArchiveRefused.damaged("an extended header is malformed");
        }
        key(text.substring(0, equals), text.substring(equals + 1));
        return (int) end;
    }

    private void key(String key, String value) throws IOException {
        if (key.startsWith("GNU.sparse") || key.equals("SCHILY.realsize") || key.equals("SCHILY.filetype")) {
            throw ArchiveRefused.hostile("it holds a sparse file");
        }
        boolean matters = Set.of("size", "path", "linkpath").contains(key);
        if (matters && type == 'g') {
            throw ArchiveRefused.hostile("a global header sets `" + key + "`");
        }
        if (key.equals("path")) {
            requireRelative(value);
        } else if (key.equals("size")) {
            paxSize = decimal(value);
        }
    }

    /// The tar reader takes leading slashes off names from extended headers.
    private static void requireRelative(String name) throws ArchiveRefused {
        if (name.startsWith("/")) {
            throw ArchiveRefused.hostile("an entry has the absolute name " + name);
        }
    }

    private static long decimal(String value) throws IOException {
        if (!value.matches("[0-9]{1,18}")) {
            throw ArchiveRefused.hostile("an entry's size is \"" + value + '"');
        }
        return Long.parseLong(value);
    }
}
