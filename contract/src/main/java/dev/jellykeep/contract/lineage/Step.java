package dev.jellykeep.contract.lineage;

/// What a transition makes of the document that was read.
public sealed interface Step {
    /// Write this, with `If-Match` of what was read.
    record Write(LineageDocument document) implements Step {}

    /// The document shows that the transition has happened already (a lost reply, or another's doing).
    record Done() implements Step {}

    /// The precondition doesn't hold; `why` is one clause.
    record Refused(String why) implements Step {}
}
