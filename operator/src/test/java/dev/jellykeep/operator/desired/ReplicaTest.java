package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaTest {
    @ParameterizedTest
    @CsvSource({"0.25, 1", "0.26, 2", "0.5, 2", "0.75, 4", "1.0, 4", "1.01, 8", "4, 8"})
    void no_replica_is_believed_to_have_more_disk_than_azure_gives_it(BigDecimal cpu, long gibibytes) {
        assertThat(Replica.ephemeralStorage(cpu)).isEqualTo(gibibytes << 30);
    }

    /// `none`: fits; `agent`, `jellyfin`, `others`: whose resources the remedy names.
    @ParameterizedTest
    @CsvSource({
        "consumption, 0.5, 1Gi, 0, 0, none",
        "consumption, 3.75, 7.5Gi, 0, 0, none",
        "consumption, 0.5, 1.5Gi, 0, 0, agent",
        "consumption, 0.6, 1Gi, 0.15, 0.5Gi, none",
        "consumption, 4, 8Gi, 0, 0, jellyfin",
        "consumption, 0.25, 0.5Gi, 4, 8Gi, others",
        "consumption-only, 1.75, 3.5Gi, 0, 0, none",
        "consumption-only, 2, 4Gi, 0, 0, jellyfin",
        "D4, 3.75, 15.5Gi, 0, 0, none",
        "D4, 3.76, 1Gi, 0, 0, jellyfin",
        "E4, 3.75, 31.5Gi, 0, 0, none",
        "NC24-A100, 24, 220Gi, 0, 0, none",
    })
    void a_total_that_azure_refuses_is_found_before(
            String type, String cpu, String memory, String otherCpu, String otherMemory, String mended) {
        ObjectNode jellyfin = container("jellyfin", cpu, memory);
        ObjectNode other = container("other", otherCpu, otherMemory);
        Findings findings = new Findings();
        AppName app = AppName.of(Cases.APP);
        Replica.of(app, List.of(jellyfin, other), jellyfin, Amount.of("0.25", "0.5Gi"))
                .check(hosting(type), findings);
        String mend =
                findings.refusals().stream().map(Refusal::mend).findFirst().orElse("none");
        assertThat(mend)
                .contains(
                        switch (mended) {
                            case "agent" -> "spec.agent.resources: {cpu: ";
                            case "jellyfin" -> "--container-name jellyfin --cpu";
                            case "others" -> "make the other containers smaller";
                            default -> "none";
                        });
    }

    private static Hosting hosting(String type) {
        return switch (type) {
            case "consumption" -> new Hosting.ConsumptionProfile();
            case "consumption-only" -> new Hosting.ConsumptionOnly();
            default -> new Hosting.Dedicated("big", type);
        };
    }

    private static ObjectNode container(String name, String cpu, String memory) {
        ObjectNode container = JsonNodeFactory.instance.objectNode().put("name", name);
        container.putObject("resources").put("cpu", new BigDecimal(cpu)).put("memory", memory);
        return container;
    }
}
