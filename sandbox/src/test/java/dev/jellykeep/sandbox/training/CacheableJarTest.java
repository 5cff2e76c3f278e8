package dev.jellykeep.sandbox.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A class that the AOT cache leaves out, or code that is generated at each start, makes every cold start longer.
class CacheableJarTest {
    private static final String OLD = "Old";

    @TempDir
    Path folder;

    /// Pattern switches of every shape: nested, guarded, with null, over a sealed type and over anything.
    public static final class Shapes implements Function<Object, String> {
        public sealed interface Shape {}

        public record Dot() implements Shape {}

        public record Box(Object content, Shape beside) implements Shape {}

        @Override
        public String apply(Object given) {
            return switch (given) {
                case null -> "null";
                case String text when text.isEmpty() -> "empty";
                case String text when text.length() > 3 -> "long " + text;
                case String text -> "text " + text;
                case Shape shape -> of(shape);
                case Integer number when number > 5 -> "many";
                default -> "other";
            };
        }

        private static String of(Shape shape) {
            return switch (shape) {
                case Dot() -> "dot";
                case Box(String text, Dot()) -> "box of " + text;
                case Box(var _, Box(Integer number, var _)) -> "box beside " + number;
                case Box _ -> "box";
            };
        }
    }

    @Test
    void codeIsGeneratedAtEachStart_byPatternSwitches() throws Exception {
        Path jar = jar();
        assertThat(CacheableJarMain.rewrite(jar)).isEqualTo(2);
        assertThat(switches(model(jar, Shapes.class.getName()))).isEmpty();
        List<Object> inputs = Stream.of(
                        "", "abc", "abcd", new Shapes.Dot(), new Shapes.Box("x", new Shapes.Dot()), 6, 5, 2.0)
                .map(Object.class::cast)
                .toList();
        Shapes before = new Shapes();
        try (URLClassLoader loader = new FirstFromJar(jar)) {
            @SuppressWarnings("unchecked")
            Function<Object, String> after = (Function<Object, String>)
                    loader.loadClass(Shapes.class.getName()).getConstructor().newInstance();
            assertThat(after).isNotInstanceOf(Shapes.class);
            for (Object input : inputs) {
                assertThat(after.apply(input)).as("%s", input).isEqualTo(before.apply(input));
            }
            assertThat(after.apply(new Shapes.Box("x", new Shapes.Box(7, new Shapes.Dot()))))
                    .isEqualTo("box beside 7");
        }
    }

    @Test
    void aClassIsLeftOutOfTheCache_becauseItsFormatIsOld() throws Exception {
        Path jar = jar();
        assertThat(model(jar, OLD).majorVersion()).isEqualTo(ClassFile.JAVA_5_VERSION);
        CacheableJarMain.rewrite(jar);
        assertThat(model(jar, OLD).majorVersion()).isGreaterThan(ClassFile.JAVA_6_VERSION);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            Object answer =
                    loader.loadClass(OLD).getMethod("orNone", String.class).invoke(null, "given");
            assertThat(answer).isEqualTo("given");
            assertThat(loader.loadClass(OLD).getMethod("orNone", String.class).invoke(null, (Object) null))
                    .isEqualTo("none");
        }
    }

    @Test
    void aResourceIsLost_whenAJarIsRewritten() throws Exception {
        Path jar = jar();
        CacheableJarMain.rewrite(jar);
        try (JarFile rewritten = new JarFile(jar.toFile())) {
            assertThat(rewritten
                            .getInputStream(rewritten.getEntry("META-INF/note.txt"))
                            .readAllBytes())
                    .containsExactly(1, 2, 3);
        }
        assertThat(folder).isDirectoryNotContaining(file -> !file.equals(jar));
    }

    private Path jar() throws IOException {
        Path jar = folder.resolve("some.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : List.of(Shapes.class, Shapes.Shape.class, Shapes.Dot.class, Shapes.Box.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream content =
                        Objects.requireNonNull(type.getClassLoader().getResourceAsStream(name))) {
                    entry(out, name, content.readAllBytes());
                }
            }
            entry(out, OLD + ".class", old());
            entry(out, "META-INF/note.txt", new byte[] {1, 2, 3});
        }
        return jar;
    }

    private static void entry(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    /// A class as Java 5 wrote it: a branch, and no frames.
    private static byte[] old() {
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_String, ConstantDescs.CD_String);
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS)
                .build(
                        ClassDesc.of(OLD),
                        builder -> builder.withVersion(ClassFile.JAVA_5_VERSION, 0)
                                .withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER)
                                .withMethodBody("orNone", type, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> {
                                    Label none = code.newLabel();
                                    code.aload(0).ifnull(none).aload(0).areturn();
                                    code.labelBinding(none).loadConstant("none").areturn();
                                }));
    }

    private static ClassModel model(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return ClassFile.of()
                    .parse(file.getInputStream(file.getEntry(name.replace('.', '/') + ".class"))
                            .readAllBytes());
        }
    }

    private static List<InvokeDynamicInstruction> switches(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .filter(InvokeDynamicInstruction.class::isInstance)
                .map(InvokeDynamicInstruction.class::cast)
                .filter(call -> call.bootstrapMethod().methodName().equals("typeSwitch"))
                .toList();
    }

    /// Takes the switches' class from the jar, and all it refers to from the test, so that both see the same shapes.
    private static final class FirstFromJar extends URLClassLoader {
        FirstFromJar(Path jar) throws IOException {
            super(new URL[] {jar.toUri().toURL()}, CacheableJarTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(Shapes.class.getName())) {
                Class<?> known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
            return super.loadClass(name, resolve);
        }
    }
}
