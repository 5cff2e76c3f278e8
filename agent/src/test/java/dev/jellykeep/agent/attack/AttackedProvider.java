package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.attack.Attack.Effect;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The machine's file system, whose calls an {@link Attack} may spoil. It is a JVM's default where
/// `java.nio.file.spi.DefaultFileSystemProvider` names it, so that the program needs no seam for it.
public final class AttackedProvider extends FileSystemProvider {
    private final FileSystemProvider real;
    private final AttackedFileSystem fileSystem;

    /// As the JVM calls it.
    public AttackedProvider(FileSystemProvider real) {
        this.real = real;
        this.fileSystem = new AttackedFileSystem(this, real.getFileSystem(URI.create("file:///")));
    }

    private static Path real(Path path) {
        return AttackedPath.real(path);
    }

    private static <T> T reads(String what, Path path, Attack.Call<T> call) throws IOException {
        return Attack.call(what, path, Effect.NONE, call);
    }

    private static void changes(String what, Path path, Effect effect, Change change) throws IOException {
        boolean _ = Attack.call(what, path, effect, () -> {
            change.make();
            return true;
        });
    }

    private interface Change {
        void make() throws IOException;
    }

    @Override
    public String getScheme() {
        return real.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
        return real.newFileSystem(uri, env);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        // the JDK's asks for the default file system, which is this one
        Path path = real.getPath(uri);
        return path instanceof AttackedPath ? path : fileSystem.wrap(path);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        boolean creates =
                options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        FileChannel channel = Attack.call(
                creates ? "create" : "open",
                path,
                creates ? Effect.GROWS : Effect.NONE,
                () -> real.newFileChannel(real(path), options, attributes));
        Attack.opened(path, channel);
        return new AttackedChannel(channel, path);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        DirectoryStream<Path> stream = reads(
                "list",
                folder,
                () -> real.newDirectoryStream(real(folder), each -> filter.accept(fileSystem.wrap(each))));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> each = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return each.hasNext() || reachesTheEndOf(folder);
                    }

                    @Override
                    public Path next() {
                        return fileSystem.wrap(each.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    /// @return false: there is no more
    private static boolean reachesTheEndOf(Path folder) {
        try {
            return Attack.onOpen("list to the end", folder, Effect.NONE, () -> false);
        } catch (IOException e) {
            throw new DirectoryIteratorException(e);
        }
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        changes("make folder", folder, Effect.GROWS, () -> real.createDirectory(real(folder), attributes));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        changes("make link", link, Effect.GROWS, () -> real.createSymbolicLink(real(link), real(target), attributes));
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        changes("make hard link", link, Effect.GROWS, () -> real.createLink(real(link), real(existing)));
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        return fileSystem.wrap(reads("read link", link, () -> real.readSymbolicLink(real(link))));
    }

    @Override
    public void delete(Path path) throws IOException {
        changes("delete", path, Effect.CHANGES, () -> real.delete(real(path)));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        changes("copy", target, Effect.GROWS, () -> real.copy(real(source), real(target), options));
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        changes("move", target, Effect.CHANGES, () -> real.move(real(source), real(target), options));
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return reads("look at disk", path, () -> real.getFileStore(real(path)));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        boolean _ = reads("look for", path, () -> {
            real.checkAccess(real(path), modes);
            return true;
        });
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        V view = real.getFileAttributeView(real(path), type, options);
        return view == null
                ? null
                : type.cast(Proxy.newProxyInstance(
                        AttackedProvider.class.getClassLoader(), new Class<?>[] {type}, (_, method, arguments) -> {
                            Attack.Call<@Nullable Object> call = () -> {
                                try {
                                    return method.invoke(view, arguments);
                                } catch (InvocationTargetException e) {
                                    if (e.getCause() instanceof IOException failed) {
                                        throw failed;
                                    }
                                    throw new IllegalStateException(e.getCause());
                                } catch (IllegalAccessException e) {
                                    throw new IllegalStateException(e);
                                }
                            };
                            return method.getName().startsWith("set")
                                    ? Attack.<@Nullable Object>call("set attributes of", path, Effect.CHANGES, call)
                                    : call.make();
                        }));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return reads("look at", path, () -> real.readAttributes(real(path), type, options));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return reads("look at", path, () -> real.readAttributes(real(path), attributes, options));
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        changes(
                "set attribute of",
                path,
                Effect.CHANGES,
                () -> real.setAttribute(real(path), attribute, value, options));
    }
}
