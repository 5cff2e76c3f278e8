package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the volume that holds both of Jellyfin's folders.
final class DataVolume {
    private final AppName app;
    private final JsonNode container;
    private final Folders folders;
    private final Findings findings;

    private DataVolume(AppName app, JsonNode container, Folders folders, Findings findings) {
        this.app = app;
        this.container = container;
        this.folders = folders;
        this.findings = findings;
    }

    /// The mount that holds the data folder, null where there is none; findings say what is wrong with it.
    static @Nullable Mount find(AppName app, JsonNode container, Folders folders, Findings findings) {
        return new DataVolume(app, container, folders, findings).mount();
    }

    private @Nullable Mount mount() {
        List<Mount> mounts = Mount.of(container);
        Optional<Mount> data = Mount.holding(mounts, folders.databases());
        if (data.isEmpty()) {
            refuseData("lies on no volume");
            return null;
        }
        Mount mount = data.get();
        if (!folders.data().startsWith(mount.path())) {
            refuseData("isn't on the volume %s, which holds only %s".formatted(mount.volume(), mount.path()));
            return null;
        }
        if (!Mount.holding(mounts, folders.config()).equals(data)) {
            refuseConfig(mount);
            return mount;
        }
        mounts.stream()
                .filter(nested -> !nested.equals(mount) && nested.path().startsWith(folders.root()))
                .forEach(nested -> findings.warn(
                        WarningReason.NESTED_VOLUME,
                        "%s of container %s is on a volume of its own, %s, and is neither saved nor restored: unmount it"
                                        .formatted(nested.path(), name(), nested.volume())
                                + " if it should be"));
        return mount;
    }

    private void refuseData(String why) {
        findings.refuse(
                RefusalReason.NO_DATA_VOLUME,
                "Jellyfin's data folder %s in container %s of %s %s".formatted(folders.data(), name(), app, why),
                app.edit(("add {name: jellyfin-data, storageType: EmptyDir} to properties.template.volumes, and"
                                + " {volumeName: jellyfin-data, mountPath: %s} to volumeMounts of %s, with no other"
                                + " mount at %s")
                        .formatted(mountPoint(), name(), folders.databases())));
    }

    private Path mountPoint() {
        return folders.root().getNameCount() == 0 ? folders.data() : folders.root();
    }

    private void refuseConfig(Mount mount) {
        findings.refuse(
                RefusalReason.CONFIG_OUTSIDE_VOLUME,
                "Jellyfin's configuration folder %s in container %s of %s isn't on the mount %s that holds its data;"
                                .formatted(folders.config(), name(), app, mount.path())
                        + " without it a restored server shows the setup wizard",
                app.az(
                        "update",
                        "--container-name %s --set-env-vars %s=%s"
                                .formatted(
                                        ShellWord.of(name()),
                                        Setting.CONFIG_DIR.env(),
                                        ShellWord.of(
                                                folders.data().resolve("config").toString()))));
    }

    private String name() {
        return Members.name(container);
    }
}
