package dev.jellykeep.sandbox.containerapps.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import dev.jellykeep.sandbox.containerapps.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/// CPU in vCPU and memory in Gi.
public record Amounts(BigDecimal cpu, BigDecimal memory) {
    /// What a container gets that asks for nothing.
    public static final Amounts USUAL = new Amounts(new BigDecimal("0.5"), BigDecimal.ONE);

    static final Amounts NONE = new Amounts(BigDecimal.ZERO, BigDecimal.ZERO);
    private static final Pattern MEMORY = Pattern.compile("(\\d+(?:\\.\\d+)?)(Gi|Mi)");
    private static final BigDecimal MEBIBYTES = BigDecimal.valueOf(1024);

    /// A container's, with {@link #USUAL} for what is missing.
    ///
    /// @throws ArmRefusal for more than two decimals, or what is no amount
    public static Amounts of(String field, JsonNode resources) {
        var cpu = resources.path("cpu");
        var memory = Json.text(resources, "memory");
        return new Amounts(
                Json.present(cpu) ? cpu(field, cpu) : USUAL.cpu(),
                memory.isEmpty() ? USUAL.memory() : memory(field, memory));
    }

    /// An app's ephemeral storage by its total CPU (`container-apps.md` §5.1).
    public String ephemeralStorage() {
        if (cpu.compareTo(new BigDecimal("0.25")) <= 0) {
            return "1Gi";
        }
        if (cpu.compareTo(new BigDecimal("0.5")) <= 0) {
            return "2Gi";
        }
        return cpu.compareTo(BigDecimal.ONE) <= 0 ? "4Gi" : "8Gi";
    }

    /// Memory as the service spells it.
    public String memoryText() {
        return memory.stripTrailingZeros().toPlainString() + "Gi";
    }

    Amounts plus(Amounts other) {
        return new Amounts(cpu.add(other.cpu), memory.add(other.memory));
    }

    private static BigDecimal cpu(String field, JsonNode cpu) {
        if (!cpu.isNumber()
                || cpu.decimalValue().signum() <= 0
                || cpu.decimalValue().stripTrailingZeros().scale() > 2) {
            throw ArmRefusal.field(field + ".resources.cpu", cpu + " is no amount of CPU with at most two decimals.");
        }
        return cpu.decimalValue();
    }

    private static BigDecimal memory(String field, String text) {
        var matcher = MEMORY.matcher(text);
        if (!matcher.matches()) {
            throw ArmRefusal.field(field + ".resources.memory", "'" + text + "' is no amount such as '0.5Gi'.");
        }
        var amount = new BigDecimal(matcher.group(1));
        return matcher.group(2).equals("Gi") ? amount : amount.divide(MEBIBYTES, MathContext.DECIMAL64);
    }
}
