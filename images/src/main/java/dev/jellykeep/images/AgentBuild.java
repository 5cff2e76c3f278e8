package dev.jellykeep.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes the agent's images from a built tree.
///
/// @param tree the root of the repository
/// @param jdk the home of the JDK whose runtime they get
/// @param version of Jellykeep, which is their tag
/// @param work an empty folder
record AgentBuild(Path tree, Path jdk, String version, Path work) {
    /// What comes first in all images.
    List<Entry> base() throws IOException {
        List<Entry> base = new ArrayList<>(Surroundings.entries(work.resolve("surroundings")));
        base.addAll(DebianBase.entries(work.resolve("debian")));
        return base;
    }

    /// What is in both.
    ///
    /// @param trained whether with an AOT cache
    AgentImage.Parts parts(boolean trained) throws IOException {
        Path jar = tree.resolve("agent/target/jellykeep.jar");
        if (!Files.isReadable(jar)) {
            throw new BuildFailure(jar + " is missing: run " + tree + "/mvnw -DskipTests package");
        }
        List<Entry> base = base();
        Path java = work.resolve("java");
        JavaRuntime.link(jdk, Optional.empty(), AgentImage.MODULES, java);
        AgentImage.Parts parts = new AgentImage.Parts(
                Optional.empty(),
                base,
                java,
                tree.resolve("agent/target"),
                tree.resolve("agent/jvm.options"),
                Optional.empty());
        if (!trained) {
            return parts;
        }
        Path cache = AgentCache.train(image(AgentImage.ROOT, parts), Files.createDirectories(work.resolve("training")));
        return new AgentImage.Parts(
                Optional.empty(), parts.base(), java, parts.build(), parts.options(), Optional.of(cache));
    }

    Image image(int user, AgentImage.Parts parts) throws IOException {
        String tag = version + (user == AgentImage.ROOT ? "" : "-nonroot");
        return AgentImage.plan("ghcr.io/jellykeep/agent:" + tag, user, labels(), parts);
    }

    private Map<String, String> labels() {
        return Map.of(
                "org.opencontainers.image.title", "Jellykeep agent",
                "org.opencontainers.image.description",
                        "Restores a Jellyfin server's data at its start, and backs them up while it runs.",
                "org.opencontainers.image.licenses", "Apache-2.0",
                "org.opencontainers.image.version", version);
    }
}
