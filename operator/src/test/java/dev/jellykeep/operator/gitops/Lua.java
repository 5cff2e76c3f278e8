package dev.jellykeep.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.operator.chart.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Runs scripts in the engine that Argo CD has, gopher-lua, with no library but those that it gives to a customization:
/// the basic one, tables, and of `os` the time.
final class Lua {
    private static final Tool ENGINE = new Tool("gopher-lua", "glua");
    private static final String WORLD = """
            local swap, write = string.gsub, print
            package.loaded.os = nil
            local clock = {time = os.time, date = os.date}
            package.preload.os = function() return clock end
            getmetatable("").__index = nil
            string, os, io, math, debug, coroutine, channel = nil
            local function line(value)
              if type(value) ~= "table" then
                return (swap(tostring(value), "\\n", "\\\\n"))
              end
              local names = {}
              for name in pairs(value) do table.insert(names, tostring(name)) end
              table.sort(names)
              local parts = {}
              for _, name in ipairs(names) do
                table.insert(parts, name .. "=" .. line(value[name] == nil and value[tonumber(name)] or value[name]))
              end
              return "{" .. table.concat(parts, "\\t") .. "}"
            end
            local function script()
            """;

    private Lua() {}

    /// What it returns for each object: a table as `{name=value}`, with tabs between and its names in order.
    ///
    /// @throws AssertionError with what the engine says, where the script fails
    static List<String> run(String script, List<JsonNode> objects) {
        String calls = objects.stream()
                .map(each -> "(function() obj = " + text(each) + " write(line(script())) end)();\n")
                .collect(Collectors.joining());
        try {
            Path file = Files.createTempFile("argo-", ".lua");
            try {
                Files.writeString(file, WORLD + script + "end\n" + calls);
                Tool.Ended ended = ENGINE.run(Path.of("").toAbsolutePath(), Map.of(), List.of(file.toString()));
                if (ended.code() != 0) {
                    throw new AssertionError(ended.all());
                }
                return ended.out().lines().toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode node) {
        return switch (node) {
            case ObjectNode object ->
                object.properties().stream()
                        .filter(each -> !each.getValue().isNull())
                        .map(each -> "[" + quoted(each.getKey()) + "]=" + text(each.getValue()))
                        .collect(Collectors.joining(",", "{", "}"));
            case ArrayNode array -> array.valueStream().map(Lua::text).collect(Collectors.joining(",", "{", "}"));
            default -> node.isTextual() ? quoted(node.asText()) : node.isNull() ? "nil" : node.asText();
        };
    }

    /// Every byte by its number, so that nothing of it is code.
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            quoted.append("\\%03d".formatted(each & 0xff));
        }
        return quoted.append('"').toString();
    }
}
