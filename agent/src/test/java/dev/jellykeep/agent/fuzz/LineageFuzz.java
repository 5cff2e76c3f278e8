package dev.jellykeep.agent.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;

/// `lineage.json`: unreadable with a sentence, or the same when written and read again.
class LineageFuzz {
    @FuzzTest(maxDuration = "10m")
    void lineage(byte[] data) {
        switch (LineageText.parse(data)) {
            case LineageText.Parsed.Readable(LineageDocument document) -> {
                if (!LineageText.parse(LineageText.print(document)).equals(new LineageText.Parsed.Readable(document))) {
                    throw new AssertionError("a lineage is another one when written and read again");
                }
            }
            case LineageText.Parsed.Unreadable(String why) -> {
                if (why.isBlank() || why.equals("null")) {
                    throw new AssertionError("nobody says why it is unreadable");
                }
            }
            case LineageText.Parsed.TooNew(long format) -> {
                if (format <= LineageDocument.FORMAT) {
                    throw new AssertionError("format " + format + " is not too new");
                }
            }
        }
    }
}
