package dev.jellykeep.sandbox.replicas.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A probe of a container, with Kubernetes' defaults.
///
/// @param check what is done
/// @param failures in a row that are a failure
/// @param successes in a row that are a success
/// @param grace from SIGTERM to SIGKILL where it ends the container; the template's where empty
public record Probe(
        Type type,
        Check check,
        Duration initialDelay,
        Duration period,
        Duration timeout,
        int failures,
        int successes,
        Optional<Duration> grace) {

    /// What it decides.
    public enum Type {
        STARTUP("Startup"),
        READINESS("Readiness"),
        LIVENESS("Liveness");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /// How it looks.
    public sealed interface Check {
        int port();

        /// A connection can be made.
        record Tcp(int port) implements Check {}

        /// A request is answered with a status from 200 to 399.
        record Http(String scheme, int port, String path, Map<String, String> headers) implements Check {}
    }

    /// A container's probe of a type, if it has one.
    public static Optional<Probe> of(ObjectNode container, Type type) {
        return Json.objects(container.path("probes")).stream()
                .filter(probe -> Json.text(probe, "type").equalsIgnoreCase(type.name()))
                .findFirst()
                .map(probe -> read(type, probe));
    }

    private static Probe read(Type type, ObjectNode probe) {
        var grace = probe.path("terminationGracePeriodSeconds");
        return new Probe(
                type,
                check(probe),
                seconds(probe, "initialDelaySeconds", 0),
                seconds(probe, "periodSeconds", 10),
                seconds(probe, "timeoutSeconds", 1),
                number(probe, "failureThreshold", 3),
                number(probe, "successThreshold", 1),
                grace.isNumber() ? Optional.of(Duration.ofSeconds(grace.asLong())) : Optional.empty());
    }

    private static Check check(ObjectNode probe) {
        var http = probe.path("httpGet");
        if (!http.isObject()) {
            return new Check.Tcp(probe.path("tcpSocket").path("port").asInt());
        }
        var headers = new LinkedHashMap<String, String>();
        for (var header : Json.objects(http.path("httpHeaders"))) {
            headers.put(Json.text(header, "name"), Json.text(header, "value"));
        }
        var scheme = Json.text(http, "scheme").toLowerCase(Locale.ROOT);
        var path = Json.text(http, "path");
        return new Check.Http(
                scheme.isEmpty() ? "http" : scheme,
                http.path("port").asInt(),
                path.startsWith("/") ? path : "/" + path,
                headers);
    }

    private static Duration seconds(ObjectNode probe, String name, int otherwise) {
        return Duration.ofSeconds(number(probe, name, otherwise));
    }

    private static int number(ObjectNode probe, String name, int otherwise) {
        return probe.path(name).isNumber() ? probe.path(name).asInt() : otherwise;
    }
}
