package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Volumes that SQLite can live on.
enum VolumeKind {
    EMPTY_DIR,
    /// SMB without byte-range locks.
    AZURE_FILES;

    static @Nullable VolumeKind of(JsonNode volume, AppName app, Findings findings) {
        String name = Members.name(volume);
        if (volume.isMissingNode()) {
            findings.refuse(
                    RefusalReason.NO_DATA_VOLUME,
                    "the volume that Jellyfin's container of %s mounts for its data isn't among its volumes"
                            .formatted(app),
                    app.edit("add it to properties.template.volumes with storageType: EmptyDir"));
            return null;
        }
        if (isEmptyDir(volume)) {
            return EMPTY_DIR;
        }
        String type = volume.path("storageType").asText().toLowerCase(Locale.ROOT);
        if (type.equals("azurefile") && hasNobrl(volume)) {
            findings.warn(
                    WarningReason.AZURE_FILES,
                    "volume %s of %s is Azure Files with nobrl: SQLite works there only while no two replicas ever write;"
                                    .formatted(name, app)
                            + " an EmptyDir is safer");
            return AZURE_FILES;
        }
        findings.refuse(
                RefusalReason.UNSUPPORTED_VOLUME,
                "volume %s of %s, which holds Jellyfin's data, is %s, on which SQLite's locks don't work"
                        .formatted(name, app, volume.path("storageType").asText()),
                app.edit("set storageType: EmptyDir on volume %s, without storageName%s"
                        .formatted(name, type.equals("azurefile") ? ", or add nobrl to its mountOptions" : "")));
        return null;
    }

    /// What a volume is that doesn't say what it is.
    static boolean isEmptyDir(JsonNode volume) {
        return volume.path("storageType").asText("EmptyDir").equalsIgnoreCase("EmptyDir");
    }

    private static boolean hasNobrl(JsonNode volume) {
        return Arrays.stream(volume.path("mountOptions").asText().split(",", -1))
                .anyMatch(option -> option.strip().equalsIgnoreCase("nobrl"));
    }
}
