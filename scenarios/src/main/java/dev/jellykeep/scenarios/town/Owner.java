package dev.jellykeep.scenarios.town;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jellykeep.sandbox.demo.Trees;
import dev.jellykeep.sandbox.local.LocalAzure;
import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandInFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Whoever owns the storage account, at a prompt: `./jellykeep COMMAND` with the account's key.
public final class Owner {
    private static final Duration BOUND = Town.BOUND;
    private static final JsonMapper JSON = new JsonMapper();

    private final Path launcher;
    private final Path logs;
    private final Supplier<String> container;
    private final Map<String, String> environment = new HashMap<>();

    Owner(TownOptions options, LocalAzure azure, Supplier<String> container) {
        launcher = options.repository().resolve("jellykeep");
        logs = options.folder().resolve("logs");
        this.container = container;
        environment.put("AZURE_STORAGE_CONNECTION_STRING", azure.storage().ownersConnectionString());
        environment.put(
                "JAVA_TOOL_OPTIONS", String.join(" ", azure.certificate().javaOptions()));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    /// Runs a command to its end.
    ///
    /// @return its exit code and all that it printed
    public Printed run(String... command) {
        List<String> line = new ArrayList<>(List.of(launcher.toString()));
        line.addAll(Arrays.asList(command));
        line.addAll(List.of("--container", container.get()));
        var process = ChildProcess.start(logs, "jellykeep-" + command[0], line, environment);
        return new Printed(process.awaitExit(BOUND), process.output());
    }

    /// The archives of the lineage's head line, newest last; their names.
    public List<String> archives() {
        var printed = run("list", "--output", "json");
        var names = new ArrayList<String>();
        json(printed).path("archives").forEach(archive -> {
            var name = archive.path("name").asText();
            if (name.startsWith("backup-")) {
                names.add(name);
            }
        });
        names.sort(null);
        return names;
    }

    /// What left the line, each with its `name` and what it `is`.
    public JsonNode forks() {
        return json(run("forks", "--output", "json")).path("forks");
    }

    /// What an archive of the official layout holds, by `extract`.
    ///
    /// @throws ScenarioFailure if it can't be had
    public StandInFacts held(String archive) {
        try {
            Path folder = Files.createTempDirectory(logs, "extracted-");
            var extracted = run("extract", archive, folder.toString());
            if (extracted.exitCode() != 0) {
                throw new ScenarioFailure(archive + " can't be had:\n" + extracted.text());
            }
            var facts = StandInFacts.atRest(JellyfinFolders.official(folder));
            Trees.delete(folder);
            return facts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("A database of " + archive + " can't be read.", e);
        }
    }

    /// `status`, as JSON.
    public JsonNode status() {
        return json(run("status", "--output", "json"));
    }

    private static JsonNode json(Printed printed) {
        var text = printed.text();
        try {
            return JSON.readTree(text.substring(Math.max(0, text.indexOf('{'))));
        } catch (IOException e) {
            throw new UncheckedIOException("No JSON: " + text, e);
        }
    }

    /// What a command printed.
    public record Printed(int exitCode, String text) {}
}
