package dev.jellykeep.sandbox.blob;

/// How an account fails to answer.
public enum Outage {
    NONE,
    /// connections are refused
    REFUSED,
    /// `503 ServerBusy` to every request
    BUSY,
    /// requests are taken, and never answered while it lasts
    HANGING
}
