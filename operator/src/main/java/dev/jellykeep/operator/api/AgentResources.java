package dev.jellykeep.operator.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/// Processor and memory as Container Apps counts them.
@ValidationRule(
        value = "self.cpu.matches('^([0-9]|[1-9][0-9])([.][0-9]{1,2})?$') && self.cpu.matches('[1-9]')",
        message = "agent.resources.cpu is no number of cores with at most two decimals: write one like 0.25")
@ValidationRule(
        value = "self.memory.matches('^([0-9]|[1-9][0-9])([.][0-9]{1,2})?Gi$') && self.memory.matches('[1-9]')",
        message = "agent.resources.memory isn't in Gi: write one like 0.5Gi")
public record AgentResources(
        @Default("0.25") @Size(min = 1, max = 8) @JsonPropertyDescription("Cores, with at most two decimals.")
        String cpu,

        @Default("0.5Gi")
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
                "Memory in Gi. On the Consumption profile all containers together must be a pair that Azure"
                        + " knows: n times 0.25 cores with 0.5Gi.")
        String memory) {}
