package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people may click on in Argo CD does what kubectl would.
class ArgoActionsTest {
    private static JsonNode policy(String annotations, String mode) throws Exception {
        return new ObjectMapper().readTree("""
                        {"metadata": {"name": "family"%s}, "spec": {"mode": "%s"}}
                        """.formatted(annotations, mode));
    }

    @ParameterizedTest
    @CsvSource({"backup-now, jellykeep.dev/backup-requested", "drill-now, jellykeep.dev/drill-requested"})
    void anActionAsksByItsAnnotationAndTouchesNothingElse(String action, String annotation) throws Exception {
        String other = ", \"annotations\": {\"owner\": \"family\"}";
        List<String> after =
                Lua.run(ArgoScripts.action(action), List.of(policy("", "Enforce"), policy(other, "Enforce")));
        String when = "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z";
        assertThat(after.getFirst())
                .matches("\\{metadata=\\{annotations=\\{" + annotation + "=" + when
                        + "}\tname=family}\tspec=\\{mode=Enforce}}");
        assertThat(after.getLast())
                .matches("\\{metadata=\\{annotations=\\{" + annotation + "=" + when
                        + "\towner=family}\tname=family}\tspec=\\{mode=Enforce}}");
    }

    @Test
    void nothingCanBeAskedOfAPolicyThatOnlyPlans() throws Exception {
        assertThat(Lua.run(ArgoScripts.discovery(), List.of(policy("", "Enforce"), policy("", "Plan"))))
                .containsExactly(
                        "{backup-now={disabled=false}\tdrill-now={disabled=false}}",
                        "{backup-now={disabled=true}\tdrill-now={disabled=true}}");
    }
}
