package dev.jellykeep.sandbox.replicas.network;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// One of 256 networks of 254 addresses, `10.213.N.0/24`.
record Subnet(int number) {
    static final int ADDRESSES = 254;

    /// The first that no route leads into, looking from `first` on; empty where all are taken.
    ///
    /// @param routes destinations as `ip` prints them: `default`, an address, or one with its prefix's
    ///     length
    static Optional<Subnet> free(List<String> routes, int first) {
        return IntStream.range(0, 256)
                .mapToObj(step -> new Subnet((first + step) & 255))
                .filter(subnet -> routes.stream().noneMatch(subnet::overlaps))
                .findFirst();
    }

    /// Its n-th address, from 1 to {@link #ADDRESSES}.
    String address(int n) {
        return "10.213." + number + "." + n;
    }

    /// As `ip` prints the route into it.
    String route() {
        return address(0) + "/24";
    }

    String withPrefix(int n) {
        return address(n) + "/24";
    }

    private boolean overlaps(String route) {
        if (route.equals("default") || route.equals("0.0.0.0/0") || route.contains(":")) {
            return false;
        }
        var parts = route.split("/", -1);
        var bits = Math.min(24, parts.length > 1 ? Integer.parseInt(parts[1]) : 32);
        var shift = 32 - bits;
        return bits == 0 || (bits(parts[0]) >>> shift) == (bits(address(0)) >>> shift);
    }

    private static int bits(String address) {
        var result = 0;
        for (var part : address.split("\\.", -1)) {
            result = result << 8 | Integer.parseInt(part);
        }
        return result;
    }
}
