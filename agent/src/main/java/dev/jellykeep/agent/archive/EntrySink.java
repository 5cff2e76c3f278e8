package dev.jellykeep.agent.archive;

import java.io.IOException;
import java.io.InputStream;

/// Where an archive's entries go while it is read.
interface EntrySink extends AutoCloseable {
    /// Sees what is read.
    interface Chunk {
        void accept(byte[] bytes, int count) throws IOException;
    }

    void folder(String path) throws IOException;

    /// Reads exactly `size` bytes, or fewer if the source ends.
    void file(String path, long size, InputStream in, Chunk each) throws IOException;

    void link(String path, String target) throws IOException;

    void finishLinks() throws IOException;

    @Override
    void close() throws IOException;
}
