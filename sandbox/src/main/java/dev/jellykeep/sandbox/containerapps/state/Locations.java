package dev.jellykeep.sandbox.containerapps.state;

import java.util.Locale;
import java.util.Map;

/// Azure regions, as written and as shown.
final class Locations {
    private static final Map<String, String> NAMES = Map.of(
            "westeurope", "West Europe",
            "northeurope", "North Europe",
            "germanywestcentral", "Germany West Central",
            "eastus", "East US",
            "eastus2", "East US 2",
            "westus2", "West US 2",
            "uksouth", "UK South",
            "swedencentral", "Sweden Central");

    private Locations() {}

    static boolean same(String one, String other) {
        return normal(one).equals(normal(other));
    }

    static String normal(String location) {
        return location.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    /// For people, where it is known.
    static String shown(String location) {
        return NAMES.getOrDefault(normal(location), location);
    }
}
