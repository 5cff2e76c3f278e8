package dev.jellykeep.agent.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// SIGTERM and SIGINT. A shutdown hook would not do: the JVM runs it once, and a person's second Ctrl-C would
/// be lost. `sun.misc.Signal` is reached by reflection, since javac warns of it in a way that can't be
/// suppressed.
final class Signals {
    private static final int INTERRUPTED = 130;

    private Signals() {}

    /// @param stop called for every SIGTERM and the first SIGINT; must not block
    static void onStop(Runnable stop) {
        AtomicInteger interrupts = new AtomicInteger();
        handle("TERM", stop);
        handle("INT", () -> {
            if (interrupts.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(INTERRUPTED);
            }
            stop.run();
        });
    }

    private static void handle(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, arguments) -> switch (method.getName()) {
                        case "handle" -> {
                            action.run();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> System.identityHashCode(self) == System.identityHashCode(arguments[0]);
                        default -> name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM can't handle SIG" + name, e);
        }
    }
}
