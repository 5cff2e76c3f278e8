package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The operator's image. It runs as nobody in particular, and writes nothing.
final class OperatorImage {
    static final String JAVA = AgentImage.HOME + "/java/bin/java";
    static final String OPTIONS = AgentImage.HOME + "/jvm.options";
    static final String CACHE = AgentImage.HOME + "/operator.aot";
    static final String MAIN = "dev.jellykeep.operator.cli.OperatorMain";

    static final int NONROOT = 65532;

    private static final String LIBRARIES = AgentImage.HOME + "/lib";

    static final SortedSet<String> MODULES = new TreeSet<>(List.of(
            "java.base",
            "java.compiler",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.sql",
            "java.xml",
            "jdk.httpserver",
            "jdk.unsupported"));

    private OperatorImage() {}

    /// @param architecture as images call it
    /// @param below the public image that it is built on; empty: none
    /// @param base what comes first; nothing where a public image is below
    /// @param java the folder of its runtime
    /// @param libraries the jars of others, in the order of the class path
    /// @param own our jars, which come before them there
    /// @param options the file of its JVM's options
    /// @param cache its AOT cache, made with this very runtime and these jars where they are in the image
    record Parts(
            String architecture,
            Optional<String> below,
            List<Entry> base,
            Path java,
            List<Path> libraries,
            List<Path> own,
            Path options,
            Optional<Path> cache) {
        Parts {
            base = List.copyOf(base);
            libraries = List.copyOf(libraries);
            own = List.copyOf(own);
        }

        Parts with(Path trained) {
            return new Parts(architecture, below, base, java, libraries, own, options, Optional.of(trained));
        }

        Parts on(String publicImage) {
            return new Parts(architecture, Optional.of(publicImage), List.of(), java, libraries, own, options, cache);
        }
    }

    static Image plan(String name, Map<String, String> labels, Parts parts) throws IOException {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Layer("base", parts.base()));
        layers.add(new Layer("java", JavaRuntime.entries(AgentImage.HOME + "/java", parts.java())));
        List<Entry> libraries = new ArrayList<>();
        libraries.add(Entry.folder(LIBRARIES, parts.java(), 0755));
        parts.libraries().forEach(jar -> libraries.add(Entry.file(place(jar), jar)));
        layers.add(new Layer("libraries", libraries));
        List<Entry> own = new ArrayList<>();
        own.add(Entry.folder(AgentImage.HOME, parts.java(), 0755));
        own.add(Entry.file(OPTIONS, parts.options()));
        parts.own().forEach(jar -> own.add(Entry.file(place(jar), jar)));
        layers.add(new Layer("operator", own));
        parts.cache().ifPresent(cache -> layers.add(new Layer("cache", List.of(Entry.file(CACHE, cache)))));
        return new Image(
                name,
                parts.below(),
                parts.architecture(),
                NONROOT,
                entryPoint(parts),
                Map.of("LC_ALL", "C.UTF-8"),
                labels,
                layers);
    }

    private static String place(Path jar) {
        return LIBRARIES + "/" + jar.getFileName();
    }

    /// What starts its machine, up to the main class.
    static List<String> machine(Parts parts) {
        List<String> command = new ArrayList<>(List.of(JAVA, "@" + OPTIONS));
        if (parts.cache().isPresent()) {
            command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot=off", "-Xlog:cds=off"));
        }
        List<Path> jars = new ArrayList<>(parts.own());
        jars.addAll(parts.libraries());
        command.addAll(List.of("-cp", jars.stream().map(OperatorImage::place).collect(Collectors.joining(":"))));
        return command;
    }

    private static List<String> entryPoint(Parts parts) {
        List<String> command = machine(parts);
        command.add(MAIN);
        return command;
    }
}
