package dev.jellykeep.scenarios.town;

import dev.jellykeep.sandbox.local.LocalAzure;
import dev.jellykeep.sandbox.process.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `./jellykeep-operator`, with an identity of its own on Azure.
public final class OperatorProgram {
    /// The identity's principal.
    public static final String PRINCIPAL = "00000000-0000-0000-0000-0000000000a1";

    private static final String CLIENT = "00000000-0000-0000-0000-0000000000c1";
    static final String AGENT_IMAGE = "ghcr.io/jellykeep/agent:0.1.0";
    private static final Duration BOUND = Duration.ofSeconds(150);

    private final Path launcher;
    private final Path logs;
    private final Map<String, String> environment;

    OperatorProgram(TownOptions options, LocalAzure azure) {
        launcher = options.repository().resolve("jellykeep-operator");
        logs = options.folder().resolve("logs");
        var all = new HashMap<>(azure.signIn("operator", CLIENT, PRINCIPAL));
        all.put("AZURE_RESOURCE_MANAGER_ENDPOINT", azure.apps().uri().toString());
        all.put("JELLYKEEP_ARM_TOKEN", "operator");
        all.put("JELLYKEEP_AGENT_IMAGE", AGENT_IMAGE);
        all.put("JELLYKEEP_MANAGEMENT_PORT", "0");
        all.put("JAVA_HOME", System.getProperty("java.home"));
        environment = Map.copyOf(all);
    }

    /// What makes a program the operator's.
    public Map<String, String> environment() {
        return environment;
    }

    /// Starts it for a cluster.
    public ChildProcess run(Path kubeconfig) {
        var all = new HashMap<>(environment);
        all.put("KUBECONFIG", kubeconfig.toString());
        return ChildProcess.start(logs, "operator", List.of(launcher.toString(), "run"), all);
    }

    /// Runs a command that needs no cluster to its end.
    ///
    /// @param policy the text of its file
    /// @return its exit code and all that it printed
    public Owner.Printed once(String policy, String... command) {
        try {
            Path file = Files.createTempFile(Files.createDirectories(logs.resolve("tmp")), "policy-", ".yaml");
            Files.writeString(file, policy);
            List<String> line = new ArrayList<>(List.of(launcher.toString()));
            line.addAll(Arrays.asList(command));
            line.addAll(List.of("-f", file.toString()));
            var process = ChildProcess.start(logs, "jellykeep-operator-" + command[0], line, environment);
            return new Owner.Printed(process.awaitExit(BOUND), process.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
