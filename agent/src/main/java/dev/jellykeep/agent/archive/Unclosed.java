package dev.jellykeep.agent.archive;

import java.io.FilterInputStream;
import java.io.InputStream;

/// One entry's content: closing it leaves the archive open.
final class Unclosed extends FilterInputStream {
    Unclosed(InputStream in) {
        super(in);
    }

    @Override
    public void close() {
        // the archive goes on
    }
}
