package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.attack.Attack.Effect;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An open file of the {@link AttackedProvider}.
final class AttackedChannel extends FileChannel {
    private final FileChannel real;
    private final Path path;

    AttackedChannel(FileChannel real, Path path) {
        this.real = real;
        this.path = path;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return Attack.onOpen("read", path, Effect.NONE, () -> real.read(target));
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        return Attack.onOpen("read", path, Effect.NONE, () -> real.read(targets, offset, length));
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return Attack.onOpen("read", path, Effect.NONE, () -> real.read(target, position));
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return Attack.onOpen("write", path, Effect.GROWS, () -> real.write(source));
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        return Attack.onOpen("write", path, Effect.GROWS, () -> real.write(sources, offset, length));
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        return Attack.onOpen("write", path, Effect.GROWS, () -> real.write(source, position));
    }

    @Override
    public long position() throws IOException {
        return real.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        FileChannel _ = real.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        FileChannel _ = Attack.onOpen("truncate", path, Effect.CHANGES, () -> real.truncate(size));
        return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
        boolean _ = Attack.onOpen("force", path, Effect.CHANGES, () -> {
            real.force(metadata);
            return true;
        });
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        return Attack.onOpen("read", path, Effect.NONE, () -> real.transferTo(position, count, target));
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        return Attack.onOpen("write", path, Effect.GROWS, () -> real.transferFrom(source, position, count));
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
        return Attack.onOpen(
                "map",
                path,
                MapMode.READ_ONLY.equals(mode) ? Effect.NONE : Effect.GROWS,
                () -> real.map(mode, position, size));
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return Attack.onOpen("lock", path, Effect.NONE, () -> real.lock(position, size, shared));
    }

    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return Attack.<@Nullable FileLock>onOpen("lock", path, Effect.NONE, () -> real.tryLock(position, size, shared));
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }
}
