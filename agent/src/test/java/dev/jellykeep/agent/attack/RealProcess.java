package dev.jellykeep.agent.attack;

import dev.jellykeep.agent.cli.Main;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.process.JavaProcess;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/// The agent as a process of its own, whose calls to the file system are counted, and which ends by SIGKILL at one of
/// them, or meets a fault there.
final class RealProcess {
    private static final String ATTACKED = "attacked: ";

    private RealProcess() {}

    /// One that is left alone.
    static ChildProcess of(Victim victim, Path at, String name) {
        return start(JavaProcess.named(Main.class), victim, at, name);
    }

    /// @param call which, from 1 on
    /// @param calls the file that gets a line for each that is made
    static ChildProcess attacked(Victim victim, Path at, Attack.Kind kind, int call, Path calls) {
        JavaProcess program = JavaProcess.named(RealProcess.class)
                .machine("-Djava.nio.file.spi.DefaultFileSystemProvider=" + AttackedProvider.class.getName())
                .arguments(at.toString(), kind.name(), Integer.toString(call), calls.toString());
        return start(program, victim, at, "attacked");
    }

    static boolean wasAttacked(ChildProcess agent) {
        return agent.output().contains(ATTACKED);
    }

    private static ChildProcess start(JavaProcess program, Victim victim, Path at, String name) {
        program.classPath(Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                        .map(Path::of)
                        .toArray(Path[]::new))
                .arguments(victim.command());
        victim.cli(at).environment().forEach(program::environment);
        return program.start(at.resolveSibling("logs"), name);
    }

    /// Arguments: what is attacked, how, at which call, the file for the calls, and the program's own.
    public static void main(String[] arguments) throws IOException {
        PrintStream calls = new PrintStream(new FileOutputStream(arguments[3]), true, StandardCharsets.UTF_8);
        Attack.Kind kind = Attack.Kind.valueOf(arguments[1]);
        int at = Integer.parseInt(arguments[2]);
        int[] made = {0};
        new Attack(Path.of(arguments[0]), kind, at, RealProcess::killed, call -> {
                    calls.println(call.effect() + " " + call.what());
                    if (++made[0] == at) {
                        System.out.println(ATTACKED + kind + " at " + at + ": " + call.what());
                    }
                })
                .begin();
        Main.main(Arrays.copyOfRange(arguments, 4, arguments.length));
    }

    private static void killed() {
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            new ProcessBuilder("kill", "-KILL", self).inheritIO().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        while (true) {
            LockSupport.park();
        }
    }
}
