package dev.jellykeep.contract.settings;

import java.net.URI;

/// Where the agent learns that its app is healthy.
public sealed interface AppHealth {
    /// The port in Jellyfin's `config/network.xml`, else 8096, on 127.0.0.1.
    record FromNetworkConfig() implements AppHealth {}

    /// Healthy at start.
    record NotChecked() implements AppHealth {}

    record At(URI url) implements AppHealth {}
}
