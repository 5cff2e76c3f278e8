package dev.jellykeep.agent.attack.store;

import dev.jellykeep.store.BlobUpload;
import dev.jellykeep.store.UploadOutcome;
import java.io.IOException;
import java.util.Map;

/// An upload that passes all on to another one.
class ForwardingUpload extends BlobUpload {
    final BlobUpload real;

    ForwardingUpload(BlobUpload real) {
        this.real = real;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        real.write(bytes, offset, length);
    }

    @Override
    public UploadOutcome commit(Map<String, String> metadata) {
        return real.commit(metadata);
    }

    @Override
    public long written() {
        return real.written();
    }

    @Override
    public void close() throws IOException {
        real.close();
    }
}
