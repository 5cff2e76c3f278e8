package dev.jellykeep.operator.desired;

import org.jspecify.annotations.Nullable;

/// Both answers to one design: what there is to send, and the injection by itself.
public record Planned(Plan plan, Rendering rendering) {
    /// Tells one injection from another, images included: hex; null where nothing can be rendered.
    public @Nullable String digest() {
        return rendering instanceof Rendering.Block block ? Digest.of(block.template()) : null;
    }
}
