package dev.jellykeep.contract.settings;

import java.net.URI;

/// An address that lets whoever has it act: it is never shown.
public record SecretUrl(URI value) {
    /// Never the address.
    @Override
    public String toString() {
        return "not shown";
    }
}
