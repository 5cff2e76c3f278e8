package dev.jellykeep.operator.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `azd up` sends: layer after layer, each with what the ones before have put into the environment.
final class Azd {
    static final Path INFRA = Path.of("..", "infra");

    /// `${NAME}` or `${NAME=default}`.
    static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?:=([^}]*))?}");

    private final Map<String, String> environment = new TreeMap<>();

    /// @param set as with `azd env set`
    Azd(Map<String, String> set) {
        environment.putAll(Map.of(
                "AZURE_ENV_NAME", "family",
                "AZURE_LOCATION", "westeurope",
                "AZURE_PRINCIPAL_ID", "22222222-2222-2222-2222-222222222222"));
        environment.putAll(set);
    }

    Deployment ground() {
        return layer("ground");
    }

    Deployment server() {
        return layer("main");
    }

    private Deployment layer(String module) {
        Deployment deployment = Deployment.of(INFRA.resolve(module + ".bicep"), parameters(module));
        deployment
                .outputs()
                .properties()
                .forEach(each -> environment.put(each.getKey(), each.getValue().asText()));
        return deployment;
    }

    Map<String, String> environment() {
        return environment;
    }

    /// What is set by now.
    String get(String name) {
        String value = environment.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing has set " + name);
        }
        return value;
    }

    private Map<String, Object> parameters(String module) {
        Map<String, Object> parameters = new HashMap<>();
        file(module).path("parameters").properties().forEach(each -> {
            String value = filled(each.getValue().path("value").asText());
            parameters.put(each.getKey(), value.matches("\\d+") ? Long.valueOf(value) : value);
        });
        return parameters;
    }

    static JsonNode file(String module) {
        try {
            return Injection.JSON.readTree(
                    INFRA.resolve(module + ".parameters.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String filled(String value) {
        return VARIABLE.matcher(value).replaceAll(found -> {
            String byDefault = found.group(2);
            String known = environment.get(found.group(1));
            if (known == null && byDefault == null) {
                throw new IllegalStateException("azd would ask for " + found.group(1));
            }
            return Matcher.quoteReplacement(known == null ? byDefault : known);
        });
    }
}
