package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A Kubernetes API with Jellykeep's resources in it, as an administrator uses it.
public interface Kubernetes extends AutoCloseable {
    /// What is up, in a sentence.
    String description();

    /// By which the operator finds it.
    Path operatorsKubeconfig();

    /// Applies YAML, as the file that somebody has written.
    void apply(String yaml);

    /// Annotates the policy.
    void annotatePolicy(String key, String value);

    /// The policy as it is.
    ///
    /// @throws IllegalStateException if there is none
    JsonNode policy();

    /// Deletes the policy and waits until it is gone.
    void deletePolicy(Duration bound);

    /// For whoever wants to apply the policy again, which a story may have deleted, to look at it, and to ask for a
    /// backup: commands that work with this Kubernetes.
    ///
    /// @param policy its file
    List<String> commandsToTry(Path policy);

    @Override
    void close();
}
