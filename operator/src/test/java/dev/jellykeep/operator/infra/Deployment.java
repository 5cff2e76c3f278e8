package dev.jellykeep.operator.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.jellykeep.contract.identity.LineageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What a Bicep file comes to: resources as they would be sent, and outputs. Nothing is deployed.
final class Deployment {
    static final String SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-00000000000a";
    private static final JsonMapper JSON = new JsonMapper();

    /// @param type without its version
    /// @param id as ARM names it
    record Sent(String type, String version, String id, ObjectNode body) {}

    private final Path file;
    private final String scope;
    private final Map<String, JsonNode> names = new HashMap<>();
    private final Map<String, Syntax.Function> functions = new HashMap<>();
    private final List<Sent> sent;
    private final ObjectNode outputs = JSON.createObjectNode();

    private Deployment(Path file, String scope, List<Sent> sent) {
        this.file = file;
        this.scope = scope;
        this.sent = sent;
    }

    /// Of a file for a whole subscription.
    static Deployment of(Path file, Map<String, ?> parameters) {
        Deployment deployment = new Deployment(file, SUBSCRIPTION, new ArrayList<>());
        deployment.run(parameters);
        return deployment;
    }

    List<Sent> sent() {
        return sent;
    }

    ObjectNode outputs() {
        return outputs;
    }

    private void run(Map<String, ?> parameters) {
        List<String> left = new ArrayList<>(parameters.keySet());
        for (Syntax.Statement statement : statements(file)) {
            switch (statement) {
                case Syntax.Scope _ -> {}
                case Syntax.Parameter(String name, String _, Syntax.Expression byDefault) -> {
                    left.remove(name);
                    Object given = parameters.get(name);
                    names.put(
                            name,
                            given == null
                                    ? value(Objects.requireNonNull(byDefault, () -> file + " needs " + name))
                                    : JSON.valueToTree(given));
                }
                case Syntax.Variable(String name, Syntax.Expression value) -> names.put(name, value(value));
                case Syntax.Function function -> functions.put(function.name(), function);
                case Syntax.Import from -> take(from);
                case Syntax.Resource resource -> resource(resource);
                case Syntax.Module module -> module(module);
                case Syntax.Output(String name, Syntax.Expression value) -> outputs.set(name, value(value));
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalArgumentException(file + " has no parameters " + left);
        }
    }

    private static List<Syntax.Statement> statements(Path file) {
        try {
            return Parser.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(Syntax.Import wanted) {
        Deployment other = new Deployment(file.resolveSibling(wanted.from()), scope, List.of());
        other.run(Map.of());
        for (String name : wanted.names()) {
            if (other.functions.containsKey(name)) {
                functions.put(name, other.functions.get(name));
            } else {
                names.put(name, other.named(name));
            }
        }
    }

    private void resource(Syntax.Resource resource) {
        if (resource.condition() != null && !value(resource.condition()).asBoolean()) {
            return;
        }
        ObjectNode body = (ObjectNode) value(resource.body());
        String type = resource.type().replaceFirst("@.*", "");
        String name = body.path("name").asText();
        String parent = body.path("parent").path("id").asText();
        String within = body.has("scope") ? body.path("scope").path("id").asText() : scope;
        String last = type.substring(type.lastIndexOf('/') + 1);
        String id = type.equals("Microsoft.Resources/resourceGroups")
                ? scope + "/resourceGroups/" + name
                : parent.isEmpty() ? within + "/providers/" + type + "/" + name : parent + "/" + last + "/" + name;
        body.without(List.of("parent", "scope", "dependsOn"));
        ObjectNode known = body.deepCopy();
        known.put("id", id).put("name", name);
        Runtime.complete(type, id, known);
        names.put(resource.name(), known);
        if (!resource.existing()) {
            sent.add(new Sent(type, resource.type().replaceFirst(".*@", ""), id, body));
        }
    }

    private void module(Syntax.Module module) {
        if (module.condition() != null && !value(module.condition()).asBoolean()) {
            return;
        }
        JsonNode body = value(module.body());
        Deployment other = new Deployment(
                file.resolveSibling(module.path()),
                body.path("scope").path("id").asText(scope),
                sent);
        Map<String, JsonNode> parameters = new HashMap<>();
        body.path("params").properties().forEach(each -> parameters.put(each.getKey(), each.getValue()));
        other.run(parameters);
        names.put(module.name(), JSON.createObjectNode().set("outputs", other.outputs));
    }

    private JsonNode named(String name) {
        JsonNode value = names.get(name);
        if (value == null) {
            throw new IllegalArgumentException(file + " knows no " + name);
        }
        return value;
    }

    private JsonNode value(Syntax.Expression expression) {
        return switch (expression) {
            case Syntax.Literal(Object literal) -> JSON.valueToTree(literal);
            case Syntax.Text text -> TextNode.valueOf(text(text));
            case Syntax.Items(List<Syntax.Expression> items) -> {
                ArrayNode array = JSON.createArrayNode();
                items.forEach(each -> array.add(value(each)));
                yield array;
            }
            case Syntax.Members(Map<Syntax.Text, Syntax.Expression> members) -> {
                ObjectNode object = JSON.createObjectNode();
                members.forEach((name, each) -> object.set(text(name), value(each)));
                yield object;
            }
            case Syntax.Name(String name) -> named(name);
            case Syntax.Member(Syntax.Expression of, String name) -> member(value(of), name);
            case Syntax.Index(Syntax.Expression of, Syntax.Expression at) -> {
                JsonNode index = value(at);
                yield index.isNumber() ? value(of).path(index.asInt()) : member(value(of), index.asText());
            }
            case Syntax.Call call -> call(call);
            case Syntax.Choice(Syntax.Expression condition, Syntax.Expression then, Syntax.Expression otherwise) ->
                value(value(condition).asBoolean() ? then : otherwise);
            case Syntax.Same(Syntax.Expression left, Syntax.Expression right) ->
                JSON.valueToTree(value(left).equals(value(right)));
            case Syntax.Not(Syntax.Expression of) -> JSON.valueToTree(!value(of).asBoolean());
        };
    }

    private JsonNode member(JsonNode of, String name) {
        if (!of.has(name)) {
            throw new IllegalArgumentException(file + ": no " + name + " in " + of);
        }
        return of.get(name);
    }

    private String text(Syntax.Text text) {
        StringBuilder all = new StringBuilder();
        text.parts()
                .forEach(part -> all.append(
                        part instanceof Syntax.Expression each ? value(each).asText() : part));
        return all.toString();
    }

    private JsonNode call(Syntax.Call call) {
        List<JsonNode> arguments = call.arguments().stream().map(this::value).toList();
        if (call.of() != null) {
            return Runtime.call(call.name());
        }
        Syntax.Function own = functions.get(call.name());
        if (own != null) {
            Deployment inside = new Deployment(file, scope, List.of());
            for (int i = 0; i < own.parameters().size(); i++) {
                inside.names.put(own.parameters().get(i), arguments.get(i));
            }
            return inside.value(own.body());
        }
        String first = arguments.isEmpty() ? "" : arguments.getFirst().asText();
        return switch (call.name()) {
            case "toLower" -> TextNode.valueOf(first.toLowerCase(Locale.ROOT));
            case "empty" -> JSON.valueToTree(first.isEmpty());
            case "json" -> read(first);
            case "loadJsonContent" -> load(first);
            case "guid" -> TextNode.valueOf(LineageId.guid(joined(arguments)).toString());
            case "uniqueString" ->
                TextNode.valueOf(LineageId.guid(joined(arguments))
                        .toString()
                        .replace("-", "")
                        .substring(0, 13));
            case "resourceId" ->
                TextNode.valueOf(
                        scope + "/providers/" + first + "/" + arguments.get(1).asText());
            case "subscriptionResourceId" ->
                TextNode.valueOf(SUBSCRIPTION + "/providers/" + first + "/"
                        + arguments.get(1).asText());
            case "subscription" -> JSON.createObjectNode().put("id", SUBSCRIPTION);
            case "resourceGroup" -> {
                String id = arguments.isEmpty() ? scope : SUBSCRIPTION + "/resourceGroups/" + first;
                yield JSON.createObjectNode().put("id", id).put("name", id.replaceFirst(".*/", ""));
            }
            case "environment" -> read("{\"suffixes\": {\"storage\": \"core.windows.net\"}}");
            default -> throw new IllegalArgumentException(file + " calls " + call.name());
        };
    }

    private JsonNode load(String path) {
        try {
            return JSON.readTree(file.resolveSibling(path).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static String joined(List<JsonNode> arguments) {
        return String.join("-", arguments.stream().map(JsonNode::asText).toList());
    }
}
