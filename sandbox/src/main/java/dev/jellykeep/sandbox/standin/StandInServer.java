package dev.jellykeep.sandbox.standin;

import dev.jellykeep.sandbox.standin.StandInHttp.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stand-in: starts in the order of a real server, answers its public endpoints, and ends as it does.
final class StandInServer {

    static final String PRODUCT = "Jellyfin Server (stand-in)";

    private static final long MEGABYTE = 1_000_000;

    private final StandInOptions options;
    private final PrintStream out;
    private final StandInHttp http;
    private final JellyfinDatabase database;
    private final BackgroundWriter writer;

    private StandInServer(
            StandInOptions options,
            PrintStream out,
            StandInHttp http,
            JellyfinDatabase database,
            BackgroundWriter writer) {
        this.options = options;
        this.out = out;
        this.http = http;
        this.database = database;
        this.writer = writer;
    }

    /// Starts: the setup server answers, while folders and databases are opened and the start-up time passes.
    ///
    /// @throws StandInRefusal if it will not start on what it found
    static StandInServer start(StandInOptions options, PrintStream out)
            throws SQLException, IOException, InterruptedException {
        JellyfinFolders folders = options.folders();
        int port = options.port().orElse(NetworkXml.port(folders.networkXml()).orElse(8096));
        StandInHttp http = StandInHttp.listen(options.everywhere(), port, (_, uri, _) -> whileStarting(options, uri));
        out.println("stand-in listening on http://127.0.0.1:" + http.port());
        long due = System.nanoTime() + options.startup().toNanos();
        Markers.checkAll(folders);
        FirstRunFiles.create(folders, options.era(), options.seed(), http.port());
        JellyfinDatabase database = JellyfinDatabase.open(options);
        var writer = new BackgroundWriter(database, options.writesPerSecond(), out);
        var server = new StandInServer(options, out, http, database, writer);
        server.fill();
        Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
        return server;
    }

    /// The server is up: it answers for itself, begins to write, and says so.
    void open() throws SQLException {
        http.answerWith(this::answer);
        writer.start();
        StandInFacts facts = facts();
        out.println("stand-in ready: %d users, wizard completed: %b, last commit %d"
                .formatted(facts.users(), facts.wizardCompleted(), facts.lastCommitted()));
    }

    /// Ends as the server does on SIGTERM: serves and writes on for a while, stops listening, optimises, closes.
    void stop() throws SQLException, IOException, InterruptedException {
        int writes = options.shutdownWrites();
        Duration gap = options.shutdownServe().dividedBy(writes + 1L);
        for (int i = 0; i < writes; i++) {
            Thread.sleep(gap);
            writer.write();
        }
        Thread.sleep(gap);
        writer.stop();
        http.stop();
        for (int i = 0; i < options.lateWrites(); i++) {
            Thread.sleep(options.lateWriteGap());
            writer.write();
        }
        long last = database.lastCommitted();
        database.close();
        out.println("stand-in stopped: last commit " + last);
    }

    private void fill() throws SQLException, IOException {
        if (database.users() == 0 && options.users() > 0) {
            for (int i = 1; i <= options.users(); i++) {
                database.createUser(i == 1 ? "admin" : "user-" + i, i == 1);
            }
            completeWizard();
        }
        long missing = options.libraryMegabytes() * MEGABYTE - database.libraryBytes();
        if (missing > 0 && options.libraryMegabytes() > 0) {
            database.growLibrary(missing);
        }
    }

    private static Reply whileStarting(StandInOptions options, URI uri) {
        return switch (uri.getPath()) {
            case "/health" -> Reply.ok("Degraded");
            case "/System/Info/Public" -> Reply.ok(publicInfo(options, "", false));
            default -> new Reply(503, "The server is starting.");
        };
    }

    private Reply answer(String method, URI uri, String body) throws SQLException, IOException {
        String path = uri.getPath();
        if (path.startsWith("/Startup/")) {
            return startup(method, path, body);
        }
        return switch (path) {
            case "/health" -> Reply.ok(database.users() >= 0 ? "Healthy" : "Unhealthy");
            case "/System/Info/Public" -> {
                StandInFacts facts = facts();
                yield Reply.ok(publicInfo(options, facts.serverId(), facts.wizardCompleted()));
            }
            case "/System/Ping" -> Reply.ok(PRODUCT);
            case "/Users/Count" -> Reply.ok(Long.toString(database.users()));
            case "/", "/web/" -> Reply.ok(PRODUCT + ": " + (wizardCompleted() ? "login" : "setup wizard"));
            case "/standin/facts" -> Reply.ok(facts().json());
            case "/standin/users" -> {
                database.createUser(member(body, "Name"), false);
                yield Reply.DONE;
            }
            case "/standin/library" -> {
                database.growLibrary(argument(uri) * MEGABYTE);
                yield Reply.DONE;
            }
            case "/standin/writes" -> {
                writer.perSecond((int) argument(uri));
                yield Reply.DONE;
            }
            case "/standin/optimize" -> {
                database.optimize();
                yield Reply.DONE;
            }
            default -> new Reply(404, "The stand-in has no " + path + ".");
        };
    }

    // Before the wizard is completed these are open to everybody, and the first user is an administrator.
    private Reply startup(String method, String path, String body) throws SQLException, IOException {
        if (wizardCompleted()) {
            return new Reply(401, "The wizard is completed: an administrator's token is needed.");
        }
        return switch (method + " " + path) {
            case "GET /Startup/User", "GET /Startup/FirstUser" -> {
                createFirstUser("root");
                yield Reply.ok("{\"Name\":\"root\"}");
            }
            case "POST /Startup/User" -> {
                createFirstUser(member(body, "Name"));
                yield Reply.DONE;
            }
            case "POST /Startup/Configuration", "POST /Startup/RemoteAccess" -> Reply.DONE;
            case "POST /Startup/Complete" -> {
                completeWizard();
                yield Reply.DONE;
            }
            default -> new Reply(404, "The stand-in has no " + method + " " + path + ".");
        };
    }

    private void createFirstUser(String name) throws SQLException, IOException {
        if (database.users() == 0) {
            database.createUser(name, true);
        }
    }

    private StandInFacts facts() throws SQLException {
        return database.facts(writer.failures());
    }

    private boolean wizardCompleted() throws IOException {
        return SystemXml.wizardCompleted(options.folders().systemXml());
    }

    private void completeWizard() throws IOException {
        SystemXml.write(options.folders().systemXml(), options.era(), true);
    }

    private static String publicInfo(StandInOptions options, String id, boolean wizardCompleted) {
        return """
                {"LocalAddress":"","ServerName":"stand-in","Version":"%s","ProductName":"%s","OperatingSystem":"",\
                "Id":"%s","StartupWizardCompleted":%b}""".formatted(options.era().version(), PRODUCT, id, wizardCompleted);
    }

    private static String member(String json, String name) {
        Matcher matcher =
                Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"\\\\]+)\"").matcher(json);
        if (!matcher.find()) {
            throw new IllegalArgumentException("The body must be JSON with \"" + name + "\": \"…\".");
        }
        return matcher.group(1);
    }

    private static long argument(URI uri) {
        String query = uri.getQuery();
        if (query == null || !query.matches("[a-z]+=-?\\d{1,9}")) {
            throw new IllegalArgumentException("Give a whole number, as in " + uri.getPath() + "?n=5.");
        }
        return Long.parseLong(query.substring(query.indexOf('=') + 1));
    }
}
