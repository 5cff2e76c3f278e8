package dev.jellykeep.agent.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Between a decoder and its user: whatever the decoder complains about is damage, unless the source itself failed.
/// Closing it leaves the decoder open.
final class DamageNamed extends FilterInputStream {
    private final CountingInput source;

    /// @param decoder reads `source` in the end
    DamageNamed(InputStream decoder, CountingInput source) {
        super(decoder);
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return naming(() -> in.read(bytes, offset, length), source);
    }

    @Override
    public long skip(long count) throws IOException {
        return naming(() -> in.skip(count), source);
    }

    interface Step<T> {
        T take() throws IOException;
    }

    /// Takes a step of a decoder.
    ///
    /// @throws ArchiveRefused if it failed although its source did not
    static <T> T naming(Step<T> step, CountingInput source) throws IOException {
        try {
            return step.take();
        } catch (ArchiveRefused refused) {
            throw refused;
        } catch (IOException | RuntimeException e) {
            if (source.failed()) {
                throw e;
            }
            throw ArchiveRefused.damaged("it is damaged or cut short (" + e.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        // whoever opened the decoder closes it
    }
}
