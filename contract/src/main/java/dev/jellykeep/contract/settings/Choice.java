package dev.jellykeep.contract.settings;

/// A word that a setting may have.
interface Choice {
    String text();
}
