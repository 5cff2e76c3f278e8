package dev.jellykeep.operator.desired;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Sizes that a replica may have, from Microsoft's pages on containers and on workload profiles.
final class Sizes {
    private static final BigDecimal QUARTER = new BigDecimal("0.25");
    private static final Pattern DEDICATED = Pattern.compile("([DE])([0-9]{1,2})");

    private Sizes() {}

    /// On Consumption all app containers together are one of these, by rising size; empty elsewhere.
    static List<Amount> pairs(Hosting hosting) {
        int most = switch (hosting) {
            case Hosting.ConsumptionOnly() -> 8;
            case Hosting.ConsumptionProfile(), Hosting.Unknown() -> 16;
            case Hosting.Dedicated _ -> 0;
        };
        return IntStream.rangeClosed(1, most).mapToObj(Sizes::pair).toList();
    }

    /// The largest replica; empty where that isn't known.
    static Optional<Amount> largest(Hosting hosting) {
        return switch (hosting) {
            case Hosting.Dedicated dedicated ->
                Optional.ofNullable(dedicated.type()).flatMap(Sizes::node);
            default -> Optional.of(pairs(hosting).getLast());
        };
    }

    private static Amount pair(int n) {
        return new Amount(QUARTER.multiply(BigDecimal.valueOf(n)), n * Amount.GI / 2);
    }

    /// D4 has 4 cores and 16 GiB, E4 twice the memory.
    private static Optional<Amount> node(String type) {
        Matcher matcher = DEDICATED.matcher(type);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int cores = Integer.parseInt(matcher.group(2));
        return Optional.of(new Amount(
                BigDecimal.valueOf(cores), Amount.GI * cores * (matcher.group(1).equals("D") ? 4 : 8)));
    }
}
