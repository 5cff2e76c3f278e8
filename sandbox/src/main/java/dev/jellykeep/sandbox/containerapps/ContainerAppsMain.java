package dev.jellykeep.sandbox.containerapps;

import dev.jellykeep.sandbox.containerapps.control.ScriptJson;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.containerapps.settings.Timings;
import dev.jellykeep.sandbox.process.Flags;
import dev.jellykeep.sandbox.process.Flags.BadFlag;
import dev.jellykeep.sandbox.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Runs the emulator until SIGTERM.
///
/// `--port N`, `--timings lifelike|instant`, `--keystore FILE` (PKCS #12, for HTTPS) with `--keystore-password TEXT`,
/// `--principals FILE` (JSON: token → `{name, objectId, actions}`). Exit code 2 on a bad command line.
public final class ContainerAppsMain {
    /// What may be given.
    public static final Set<String> FLAGS =
            Set.of("--port", "--timings", "--keystore", "--keystore-password", "--principals");

    private ContainerAppsMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        ParentWatch.start();
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            var flags = Flags.parse(List.of(arguments), FLAGS);
            var apps = start(flags);
            Runtime.getRuntime().addShutdownHook(new Thread(apps::close, "stop-emulator"));
            out.println("This is an emulator of Azure Container Apps, for tests and demos. It is not Azure.");
            out.println("emulator listening on " + apps.uri() + ", steered below " + apps.uri() + "/_sandbox/");
            new CountDownLatch(1).await();
        } catch (BadFlag e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static ContainerApps start(Flags flags) {
        return start(flags, options(flags));
    }

    /// What the flags say, but for the principals.
    ///
    /// @throws BadFlag with one sentence
    public static Options options(Flags flags) {
        var options = Options.usual().withPort((int) flags.number("--port", 0, 0));
        var timings = switch (flags.text("--timings", "lifelike")) {
            case "lifelike" -> Timings.lifelike();
            case "instant" -> Timings.instant();
            default -> throw new BadFlag("--timings is neither lifelike nor instant: give one of them.");
        };
        options = options.change(settings -> settings.with(timings));
        var keystore = flags.path("--keystore");
        return keystore == null ? options : options.withTls(tls(keystore, flags.text("--keystore-password", "")));
    }

    /// Starts an emulator that knows the principals of the flags.
    public static ContainerApps start(Flags flags, Options options) {
        var apps = ContainerApps.start(options);
        var principals = flags.path("--principals");
        if (principals != null) {
            var byToken = Json.object(read(principals));
            byToken.fieldNames()
                    .forEachRemaining(token -> apps.principal(token, ScriptJson.caller(Json.section(byToken, token))));
        }
        return apps;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new BadFlag("The file " + file + " can't be read: " + e.getMessage());
        }
    }

    private static SSLContext tls(Path file, String password) {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new BadFlag("The key store " + file + " can't be used: " + e.getMessage());
        }
    }
}
