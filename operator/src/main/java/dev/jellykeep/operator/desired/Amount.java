package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.settings.SizeText;
import java.math.BigDecimal;
import java.util.Collection;

/// Processor and memory.
///
/// @param cpu cores
/// @param memory bytes
record Amount(BigDecimal cpu, long memory) {
    static final long GI = 1L << 30;

    /// What a container gets that says nothing.
    private static final Amount BY_DEFAULT = new Amount(new BigDecimal("0.5"), GI);

    static Amount of(String cpu, String memory) {
        return new Amount(new BigDecimal(cpu), SizeText.parse(memory).orThrow());
    }

    /// Of one container as ARM shows it.
    static Amount of(JsonNode container) {
        JsonNode resources = container.path("resources");
        JsonNode cpu = resources.path("cpu");
        String memory = Members.text(resources, "memory");
        return new Amount(
                cpu.isNumber() ? cpu.decimalValue() : BY_DEFAULT.cpu,
                memory != null && SizeText.parse(memory) instanceof ParsedText.Ok<Long>(Long bytes)
                        ? bytes
                        : BY_DEFAULT.memory);
    }

    static Amount sum(Collection<JsonNode> containers) {
        return containers.stream().map(Amount::of).reduce(new Amount(BigDecimal.ZERO, 0), Amount::plus);
    }

    Amount plus(Amount other) {
        return new Amount(cpu.add(other.cpu), memory + other.memory);
    }

    Amount minus(Amount other) {
        return new Amount(cpu.subtract(other.cpu), memory - other.memory);
    }

    boolean same(Amount other) {
        return cpu.compareTo(other.cpu) == 0 && memory == other.memory;
    }

    boolean fitsInto(Amount other) {
        return cpu.compareTo(other.cpu) <= 0 && memory <= other.memory;
    }

    String cpuText() {
        return cpu.stripTrailingZeros().toPlainString();
    }

    String memoryText() {
        return BigDecimal.valueOf(memory)
                        .divide(BigDecimal.valueOf(GI))
                        .stripTrailingZeros()
                        .toPlainString() + "Gi";
    }

    ObjectNode json() {
        return Members.JSON.objectNode().put("cpu", cpu.doubleValue()).put("memory", memoryText());
    }

    @Override
    public String toString() {
        return cpuText() + " CPU and " + memoryText();
    }
}
