package dev.jellykeep.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiServerTest {
    @Test
    void a_service_account_has_its_own_rights_and_no_more(@TempDir Path folder) {
        try (var server = ApiServer.start(binaries(), folder)) {
            var admin = server.kubectl();
            admin.apply("""
                    apiVersion: v1
                    kind: ServiceAccount
                    metadata: {name: reader, namespace: default}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: Role
                    metadata: {name: reader, namespace: default}
                    rules:
                      - {apiGroups: [""], resources: [configmaps], verbs: [list]}
                    ---
                    apiVersion: rbac.authorization.k8s.io/v1
                    kind: RoleBinding
                    metadata: {name: reader, namespace: default}
                    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                    subjects:
                      - {kind: ServiceAccount, name: reader, namespace: default}
                    """);
            var reader = new Kubectl(binaries().kubectl(), server.kubeconfigOf("default", "reader"), folder);
            assertThat(reader.succeeds("get", "configmaps", "--namespace", "default"))
                    .isTrue();
            assertThatThrownBy(() -> reader.run("get", "secrets", "--namespace", "default"))
                    .hasMessageContaining("forbidden");
        }
    }

    private static Binaries binaries() {
        return switch (Binaries.find(System.err::println)) {
            case Binaries.Ready(var found) -> found;
            case Binaries.Missing(var why) -> {
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException(why);
                }
                System.err.println("SKIPPED, since a Kubernetes API server can't run here: " + why);
                yield abort(why);
            }
        };
    }
}
