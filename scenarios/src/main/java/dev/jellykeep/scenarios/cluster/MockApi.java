package dev.jellykeep.scenarios.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;

/// What is asked of an API server and the mock doesn't do: server-side apply, with the schema's defaults. Of what is
/// applied it takes the spec, the status and finalizers, each as a whole. Each apply becomes one POST or PUT of the
/// whole resource; writes are taken one at a time, so that none is lost in between.
final class MockApi extends KubernetesMixedDispatcher {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int NOT_FOUND = 404;
    private static final String SPEC = "spec";
    private static final String STATUS = "status";
    private static final String OF_STATUS = "/" + STATUS;
    private static final String METADATA = "metadata";
    private static final String FINALIZERS = "finalizers";

    private final Map<String, JsonNode> schemas;

    /// @param schemas by kind
    MockApi(Map<ServerRequest, Queue<ServerResponse>> responses, Map<String, JsonNode> schemas) {
        super(responses);
        this.schemas = Map.copyOf(schemas);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.method() == HttpMethod.GET) {
            return super.dispatch(request);
        }
        synchronized (this) {
            return isApply(request) ? apply(request) : super.dispatch(request);
        }
    }

    private static boolean isApply(RecordedRequest request) {
        var type = request.getHeader("Content-Type");
        return type != null && type.startsWith("application/apply-patch");
    }

    private MockResponse apply(RecordedRequest request) {
        // The mock knows a status by the end of its path, so that there may be no query.
        var path = request.getPath().replaceFirst("\\?.*", "");
        var applied = readApplied(request.getBody());
        var ofStatus = path.endsWith(OF_STATUS);
        var found = send(
                HttpMethod.GET, ofStatus ? path.substring(0, path.length() - OF_STATUS.length()) : path, new Buffer());
        if (found.code() == NOT_FOUND && applied.has(SPEC)) {
            return send(HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), body(applied));
        }
        if (found.code() != 200) {
            return found;
        }
        var whole = (ObjectNode) read(found.getBody());
        if (ofStatus) {
            whole.set(STATUS, applied.path(STATUS));
        } else {
            if (applied.has(SPEC)) {
                whole.set(SPEC, applied.path(SPEC));
            }
            addFinalizers(whole, applied);
        }
        return send(HttpMethod.PUT, path, body(whole));
    }

    private static void addFinalizers(ObjectNode whole, JsonNode applied) {
        var all = new LinkedHashSet<JsonNode>();
        whole.path(METADATA).path(FINALIZERS).forEach(all::add);
        applied.path(METADATA).path(FINALIZERS).forEach(all::add);
        whole.withObject("/" + METADATA).putArray(FINALIZERS).addAll(all);
    }

    private MockResponse send(HttpMethod method, String path, Buffer body) {
        var headers = Headers.builder().add("Content-Type", "application/json").build();
        return super.dispatch(new RecordedRequest("HTTP/1.1", method, path, headers, body));
    }

    /// YAML or JSON.
    private ObjectNode readApplied(Buffer body) {
        var applied = Serialization.unmarshal(body.readUtf8(), GenericKubernetesResource.class);
        ObjectNode tree = JSON.valueToTree(applied);
        SchemaDefaults.fill(tree, schemas.getOrDefault(applied.getKind(), JSON.missingNode()));
        return tree;
    }

    private static JsonNode read(Buffer body) {
        try {
            return JSON.readTree(body.readUtf8());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what the mock keeps is no JSON", e);
        }
    }

    private static Buffer body(JsonNode whole) {
        return new Buffer().writeUtf8(whole.toString());
    }
}
