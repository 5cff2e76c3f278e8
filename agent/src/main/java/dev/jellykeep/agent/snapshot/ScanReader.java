package dev.jellykeep.agent.snapshot;

import java.io.IOException;
import java.util.Optional;

/// Goes through what a scan found, in its order.
public final class ScanReader implements AutoCloseable {
    private final ScanSpool.Reader spool;

    private ScanReader(ScanSpool.Reader spool) {
        this.spool = spool;
    }

    public static ScanReader of(Scan scan) throws IOException {
        return new ScanReader(new ScanSpool.Reader(scan.spool()));
    }

    /// The next file; empty at the end.
    public Optional<ScannedFile> next() throws IOException {
        return spool.next();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
