package dev.jellykeep.sandbox.training;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// Rewrites the classes of a jar that an AOT cache would leave out, or that make the JVM generate code at each start:
/// class files of Java 5 and older, and pattern switches. Argument: the jar, which is replaced.
public final class CacheableJarMain {
    private CacheableJarMain() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]).toAbsolutePath();
        System.out.println("Made cacheable: " + rewrite(jar) + " classes in " + jar.getFileName());
    }

    /// @return how many classes were rewritten
    static int rewrite(Path jar) throws IOException {
        Path draft = jar.resolveSibling(jar.getFileName() + ".draft");
        int rewritten = 0;
        try (JarFile in = new JarFile(jar.toFile(), false);
                ZipOutputStream out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)))) {
            CacheableClass cacheable = new CacheableClass(ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(
                            ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> open(in, type))
                                    .orElse(ClassHierarchyResolver.defaultResolver()))));
            for (ZipEntry entry : Collections.list(in.entries())) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                Optional<byte[]> better = entry.getName().endsWith(".class") ? cacheable.of(content) : Optional.empty();
                rewritten += better.isPresent() ? 1 : 0;
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(better.orElse(content));
                out.closeEntry();
            }
        }
        Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
        return rewritten;
    }

    private static @Nullable InputStream open(JarFile jar, ClassDesc type) {
        String descriptor = type.descriptorString();
        ZipEntry entry = jar.getEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : jar.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
