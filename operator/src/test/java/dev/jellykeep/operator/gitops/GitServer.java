package dev.jellykeep.operator.gitops;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Repositories that can be cloned over HTTP: git's own server program behind a web server.
final class GitServer implements AutoCloseable {
    private static final long PATIENCE = 60;
    private static final List<String> NOBODYS =
            List.of("-c", "user.name=family", "-c", "user.email=family@example.org", "-c", "init.defaultBranch=main");

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    GitServer(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    String url(String repository) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository + "/.git";
    }

    /// Makes these files the whole of the branch `main`.
    ///
    /// @return the commit
    String commit(String repository, Map<String, String> files) {
        try {
            Path tree = Files.createDirectories(folder.resolve(repository));
            if (!Files.exists(tree.resolve(".git"))) {
                git(tree, "init", "--quiet");
            }
            try (Stream<Path> old = Files.list(tree)) {
                for (Path each : old.filter(path -> !path.endsWith(".git")).toList()) {
                    git(tree, "rm", "-r", "--quiet", "--", tree.relativize(each).toString());
                }
            }
            for (var each : files.entrySet()) {
                Path file = tree.resolve(each.getKey());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.writeString(file, each.getValue());
            }
            git(tree, "add", "--all");
            git(tree, "commit", "--quiet", "--message", "change");
            return git(tree, "rev-parse", "HEAD").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String git(Path tree, String... words) throws IOException {
        List<String> command = Stream.of(List.of("git"), NOBODYS, Arrays.asList(words))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(tree.toFile())
                .redirectErrorStream(true)
                .start();
        return printed(process, command);
    }

    private static String printed(Process process, List<String> command) throws IOException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (ended(process) != 0) {
            throw new IOException(command + ": " + out);
        }
        return out;
    }

    private static int ended(Process process) throws IOException {
        try {
            if (process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new IOException("git did not end within " + PATIENCE + " s");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// By CGI: what is asked goes into variables and standard input, headers come out before the body.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
            Map<String, String> variables = builder.environment();
            variables.put("GIT_PROJECT_ROOT", folder.toString());
            variables.put("GIT_HTTP_EXPORT_ALL", "1");
            variables.put("REQUEST_METHOD", exchange.getRequestMethod());
            variables.put("PATH_INFO", exchange.getRequestURI().getPath());
            String query = exchange.getRequestURI().getRawQuery();
            variables.put("QUERY_STRING", query == null ? "" : query);
            header(exchange, "Content-Type", "CONTENT_TYPE", variables);
            header(exchange, "Content-Encoding", "HTTP_CONTENT_ENCODING", variables);
            header(exchange, "Git-Protocol", "GIT_PROTOCOL", variables);
            Process process =
                    builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
            byte[] asked = exchange.getRequestBody().readAllBytes();
            threads.execute(() -> tell(process, asked));
            reply(exchange, process.getInputStream());
            ended(process);
        }
    }

    private static void tell(Process process, byte[] asked) {
        try (var in = process.getOutputStream()) {
            in.write(asked);
        } catch (IOException e) {
            // it ended without reading all, and says why
            process.destroy();
        }
    }

    private static void header(HttpExchange exchange, String name, String variable, Map<String, String> variables) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
            variables.put(variable, value);
        }
    }

    private static void reply(HttpExchange exchange, InputStream out) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String name = line.substring(0, line.indexOf(':'));
            String value = line.substring(line.indexOf(':') + 1).strip();
            if (name.toLowerCase(Locale.ROOT).equals("status")) {
                status = Integer.parseInt(value.substring(0, 3));
            } else {
                exchange.getResponseHeaders().add(name, value);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                bytes.write(next);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
