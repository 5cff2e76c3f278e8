package dev.jellykeep.operator.arm.azure;

/// Which versions of Microsoft.App are spoken.
final class ApiVersions {
    /// The newest stable one, for what is read and written as raw JSON: an older one hides members that
    /// newer tools have set, and arrays, which are sent whole, would lose them.
    static final String RAW = "2026-07-01";
    /// What the typed clients of azure-resourcemanager-appcontainers 1.1.0 speak; they offer no choice.
    static final String TYPED = "2025-01-01";

    private ApiVersions() {}
}
