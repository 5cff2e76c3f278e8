package dev.jellykeep.sandbox.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Describes a Java program to be run as a child process with the JDK that runs this one, and starts it.
///
/// ```java
/// try (var child = JavaProcess.of(StandInMain.class).classPath(org.sqlite.JDBC.class)
///         .arguments("--port", "0").start(folder, "stand-in")) { … }
/// ```
public final class JavaProcess {

    private final List<String> program;
    private final Set<Path> classPath = new LinkedHashSet<>();
    private final List<String> machine = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    private JavaProcess(List<String> program) {
        this.program = program;
    }

    /// A main class; where it was loaded from is the start of its class path.
    public static JavaProcess of(Class<?> main) {
        return new JavaProcess(List.of(main.getName())).classPath(main);
    }

    /// A main class that the class path, which is still to be given, decides on.
    public static JavaProcess named(Class<?> main) {
        return new JavaProcess(List.of(main.getName()));
    }

    /// An executable jar.
    public static JavaProcess ofJar(Path jar) {
        return new JavaProcess(List.of("-jar", jar.toString()));
    }

    /// Adds the jars or folders that these classes were loaded from.
    public JavaProcess classPath(Class<?>... classes) {
        for (Class<?> each : classes) {
            classPath.add(locationOf(each));
        }
        return this;
    }

    public JavaProcess classPath(Path... entries) {
        classPath.addAll(Arrays.asList(entries));
        return this;
    }

    /// Adds options of the Java machine, such as `-Xmx64m`; later ones win over the defaults.
    public JavaProcess machine(String... options) {
        machine.addAll(Arrays.asList(options));
        return this;
    }

    public JavaProcess arguments(String... more) {
        return arguments(Arrays.asList(more));
    }

    public JavaProcess arguments(List<String> more) {
        arguments.addAll(more);
        return this;
    }

    /// Sets a variable on top of this process's own environment.
    public JavaProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// Starts it. Its output goes to `folder/name.log` and its temporary files to `folder/tmp`, so that even a killed
    /// child leaves nothing outside `folder`.
    ///
    /// @throws java.io.UncheckedIOException if it cannot be started
    public ChildProcess start(Path folder, String name) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-D" + ParentWatch.PROPERTY + "=" + ProcessHandle.current().pid());
        command.addAll(machine);
        if (!classPath.isEmpty()) {
            command.addAll(List.of("-cp", join(classPath)));
        }
        command.addAll(program);
        command.addAll(arguments);
        return ChildProcess.start(folder, name, command, environment);
    }

    private static String join(Set<Path> entries) {
        return String.join(
                System.getProperty("path.separator"),
                entries.stream().map(Path::toString).toList());
    }

    /// The jar or folder that a class was loaded from.
    ///
    /// @throws IllegalStateException if it is gone
    public static Path locationOf(Class<?> type) {
        var source = type.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IllegalArgumentException(
                    type.getName() + " comes with the JDK and needs no class path: leave it out.");
        }
        Path location = Path.of(java.net.URI.create(source.getLocation().toString()));
        if (!Files.exists(location)) {
            throw new IllegalStateException("The code of " + type.getName() + " is no longer at " + location
                    + ": build again before starting it.");
        }
        return location;
    }
}
