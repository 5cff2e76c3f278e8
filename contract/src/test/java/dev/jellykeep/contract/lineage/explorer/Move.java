package dev.jellykeep.contract.lineage.explorer;

/// Something that may happen next.
record Move(String label, World world) {}
