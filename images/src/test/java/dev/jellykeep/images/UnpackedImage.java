package dev.jellykeep.images;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An image's tar as an engine takes it: its configuration, and its layers one upon another in a folder.
///
/// @param config of the OCI image specification
/// @param layers digests, in order
record UnpackedImage(JsonNode config, List<String> layers, Path root) {

    /// @param work a folder that isn't there yet
    static UnpackedImage of(Path tar, Path work) throws IOException {
        Path layout = Files.createDirectories(work.resolve("layout"));
        unpack(tar, layout);
        JsonNode index = read(layout.resolve("index.json"));
        JsonNode manifest = read(blob(layout, index.at("/manifests/0")));
        Path root = Files.createDirectories(work.resolve("root"));
        List<String> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            unpack(blob(layout, layer), root);
            layers.add(layer.path("digest").asText());
        }
        return new UnpackedImage(read(blob(layout, manifest.path("config"))).path("config"), layers, root);
    }

    int user() {
        return Integer.parseInt(config.path("User").asText().split(":", 2)[0]);
    }

    List<String> entryPoint() {
        return texts("Entrypoint");
    }

    List<String> environment() {
        return texts("Env");
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        config.path(name).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static JsonNode read(Path file) throws IOException {
        return new JsonMapper().readTree(file.toFile());
    }

    private static Path blob(Path layout, JsonNode descriptor) {
        return layout.resolve("blobs")
                .resolve(descriptor.path("digest").asText().replace(':', '/'));
    }

    private static void unpack(Path tar, Path into) {
        String _ = Programs.run(
                "unpack " + tar, List.of("tar", "--numeric-owner", "-xf", tar.toString(), "-C", into.toString()));
    }
}
