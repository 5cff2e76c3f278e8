package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The injection alone, for templates that people deploy themselves.
public sealed interface Rendering permits Rendering.Block, Refused {

    /// Members of `properties.template` to merge in.
    ///
    /// @param template our init container, to be put first, our sidecar, to be put last, the grace
    ///     period, and `scale` where the policy enforces it
    record Block(ObjectNode template, List<Warning> warnings) implements Rendering {
        public Block {
            warnings = List.copyOf(warnings);
        }
    }
}
