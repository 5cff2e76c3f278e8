package dev.jellykeep.contract.archive;

import dev.jellykeep.contract.json.JsonFormatException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// JSON whose lists may have any length, since they are read record by record, but not the records, nor any other text
/// or number: a parser keeps each of these in memory as a whole, and names for good. UTF-8, as nothing else is without
/// NUL where there is ASCII.
final class ShortRecords extends FilterInputStream {
    /// A path and a target of 4096 bytes each, six characters for each byte at worst, and the rest of the record.
    private static final int LONGEST = 64 << 10;

    /// Ours have at most 14 bytes.
    private static final int LONGEST_NAME = 64;

    /// Of the lists themselves.
    private static final int LISTS = 2;

    private final String document;
    private int depth;
    private boolean text;
    private boolean escaped;
    private int length;
    private int textLength;

    /// @param document named in what is thrown
    ShortRecords(InputStream in, String document) {
        super(in);
        this.document = document;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// @throws JsonFormatException where something is too long
    @Override
    public int read(byte[] buffer, int offset, int most) throws IOException {
        int count = super.read(buffer, offset, most);
        for (int i = offset; i < offset + count; i++) {
            look(buffer[i]);
        }
        return count;
    }

    private void look(byte next) {
        length++;
        if (text) {
            text = escaped || next != '"';
            escaped = !escaped && next == '\\';
            textLength++;
        } else {
            switch (next) {
                case 0 -> throw new JsonFormatException(document + " is not UTF-8");
                case '"' -> {
                    text = true;
                    textLength = 0;
                }
                case ':' -> {
                    if (textLength > LONGEST_NAME) {
                        throw new JsonFormatException(document + " has a name of more than " + LONGEST_NAME + " bytes");
                    }
                }
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                case ',', ' ' -> {
                    if (depth <= LISTS) {
                        length = 0;
                    }
                }
                default -> {}
            }
        }
        if (length > LONGEST) {
            throw new JsonFormatException(document + " has a record of more than " + LONGEST + " bytes");
        }
    }
}
