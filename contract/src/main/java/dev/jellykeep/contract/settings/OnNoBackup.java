package dev.jellykeep.contract.settings;

/// What `restore` does where it is proven that there never was a backup.
public enum OnNoBackup implements Choice {
    START_EMPTY("StartEmpty"),
    FAIL("Fail");

    private final String text;

    OnNoBackup(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
