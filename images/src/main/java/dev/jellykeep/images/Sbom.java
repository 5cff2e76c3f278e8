package dev.jellykeep.images;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What an image consists of, as a CycloneDX bill of materials: the libraries that its build names, Debian's packages
/// that its base is from, and its Java runtime. Two of the same tree are the same.
final class Sbom {
    private static final JsonMapper JSON = new JsonMapper();

    private Sbom() {}

    /// Something in an image that no library of its program is.
    ///
    /// @param purl a package URL
    record Part(String name, String version, String purl) {}

    /// @param libraries the bill of materials of the program, as its build has made it
    /// @param digest of the image
    /// @param parts what else is in it
    /// @param to is written
    static void write(Path libraries, Image image, String digest, List<Part> parts, Path to) throws IOException {
        ObjectNode bill = (ObjectNode) JSON.readTree(libraries.toFile());
        ObjectNode metadata = bill.withObjectProperty("metadata");
        String program = metadata.at("/component/bom-ref").asText();
        ArrayNode components = bill.withArrayProperty("components");
        components.insert(0, metadata.path("component"));
        parts.forEach(part -> components
                .addObject()
                .put("type", part.purl().startsWith("pkg:deb/") ? "operating-system" : "platform")
                .put("bom-ref", part.purl())
                .put("name", part.name())
                .put("version", part.version())
                .put("purl", part.purl()));
        String reference = image.name() + "@" + digest;
        metadata.putObject("component")
                .put("type", "container")
                .put("bom-ref", reference)
                .put("name", image.name().replaceFirst(":[^:/]*$", ""))
                .put("version", digest)
                .put(
                        "purl",
                        "pkg:oci/" + image.name().replaceFirst(".*/", "").replaceFirst(":.*", "") + "@"
                                + digest.replace(":", "%3A"));
        ArrayNode contains = bill.withArrayProperty("dependencies")
                .insertObject(0)
                .put("ref", reference)
                .putArray("dependsOn")
                .add(program);
        parts.forEach(part -> contains.add(part.purl()));
        Files.writeString(to, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(bill) + "\n");
    }

    /// The Java runtime.
    ///
    /// @param version as `java.runtime.version` says
    static Part java(String vendor, String version) {
        return new Part(
                "Java runtime of " + vendor, version, "pkg:generic/java-runtime@" + version.replace("+", "%2B"));
    }
}
