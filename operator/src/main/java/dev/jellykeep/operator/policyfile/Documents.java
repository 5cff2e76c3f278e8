package dev.jellykeep.operator.policyfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.jellykeep.contract.ParsedText;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// YAML and JSON as trees.
final class Documents {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Documents() {}

    /// Empty documents don't count, as with `kubectl`. Tabs are whitespace in JSON alone, so that what begins as an
    /// object is read as that.
    static ParsedText<List<JsonNode>> read(String text) {
        return text.stripLeading().startsWith("{") ? json(text) : yaml(text);
    }

    private static ParsedText<List<JsonNode>> json(String text) {
        try {
            return ParsedText.ok(List.of(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
            return ParsedText.bad(
                    "it is no JSON at line " + e.getLocation().getLineNr() + ": " + oneLine(e.getOriginalMessage()));
        }
    }

    private static ParsedText<List<JsonNode>> yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder().setSchema(new CoreSchema()).build();
        List<JsonNode> found = new ArrayList<>();
        // from a string, the reader fails where a character of two halves ends its buffer
        InputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try {
            for (Object each : new Load(settings).loadAllFromInputStream(bytes)) {
                if (each != null) {
                    found.add(JSON.valueToTree(each));
                }
            }
            return ParsedText.ok(List.copyOf(found));
        } catch (MarkedYamlEngineException e) {
            String line = e.getProblemMark()
                    .map(Mark::getLine)
                    .map(at -> " at line " + (at + 1))
                    .orElse("");
            return ParsedText.bad("it is no YAML" + line + ": " + oneLine(e.getProblem()));
        } catch (YamlEngineException | IllegalArgumentException e) {
            return ParsedText.bad("it is no YAML: " + oneLine(e.getMessage()));
        }
    }

    private static String oneLine(@org.jspecify.annotations.Nullable String text) {
        return Objects.requireNonNullElse(text, "unreadable").strip().replaceAll("\\s+", " ");
    }

    /// @throws IllegalStateException if a tree that the schema accepts has no such shape
    static <T> T as(JsonNode tree, Class<T> type) {
        try {
            return JSON.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the schema accepts what the program can't read", e);
        }
    }
}
