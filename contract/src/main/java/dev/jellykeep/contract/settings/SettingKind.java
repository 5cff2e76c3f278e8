package dev.jellykeep.contract.settings;

/// How the text of a setting is read.
public enum SettingKind {
    TEXT,
    /// {@link DurationText}
    DURATION,
    /// {@link SizeText}, in bytes
    SIZE,
    WHOLE_NUMBER,
    UUID,
    URL,
    /// A path in the container's file system.
    PATH,
    /// One glob a line; the flag is given once per glob.
    GLOBS,
    /// One of a few words, exactly as written.
    CHOICE,
    /// `true` or `false`; the flag alone means `true`.
    FLAG
}
