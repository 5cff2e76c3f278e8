package dev.jellykeep.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Who applies YAML by hand gives the operator the rights that the chart gives it. That these are enough, and none of
/// them too much, is RightsTest's.
class ChartRightsTest {
    private static final Path BY_HAND = Path.of("../examples/operator/rbac.yaml");
    private static final String HEAD = """
            # What the operator may do in the cluster, and nothing else. It runs in the namespace jellykeep.
            # Made from charts/jellykeep by tools/update-docs.
            """;

    private static String made() {
        Tool.Ended ended = Chart.template(
                "--show-only=templates/serviceaccount.yaml",
                "--show-only=templates/rbac.yaml",
                "--set",
                "azure.credentials=ClientSecret,azure.tenantId=t,azure.secretName=s");
        assertThat(ended.code()).as(ended.all()).isZero();
        return HEAD
                + ended.out()
                        .replaceFirst("^---\n", "")
                        .replaceAll("# Source: .*\n", "")
                        // Helm's own, which nobody else should claim
                        .replaceAll("  labels:\n(    .*\n)+", "")
                        .replaceAll("\n\n+", "\n");
    }

    @Test
    void byHandTheRightsAreTheSame() throws IOException {
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.writeString(BY_HAND, made());
        }
        assertThat(Files.readString(BY_HAND))
                .as(BY_HAND + " differs from the chart: run tools/update-docs")
                .isEqualTo(made());
    }
}
