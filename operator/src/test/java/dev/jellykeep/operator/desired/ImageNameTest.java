package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageNameTest {
    @ParameterizedTest
    @CsvSource({
        "jellyfin/jellyfin, /config,",
        "docker.io/jellyfin/jellyfin:10.11.3, /config, 10.11.3",
        "ghcr.io/jellyfin/jellyfin:10.11.3.20251105-010203, /config, 10.11.3",
        "mirror:5000/library/jellyfin/jellyfin:v10.10.7@sha256:abc, /config, 10.10.7",
        "jellyfin/jellyfin:10.11, /config,",
        "jellyfin/jellyfin:latest, /config,",
        "jellyfin/jellyfin:2026112305-unstable, /config,",
        "jellyfin/jellyfin@sha256:10.11.3, /config,",
        "lscr.io/linuxserver/jellyfin:version-10.11.3ubu2404-ls12, /config/data, 10.11.3",
        "linuxserver/jellyfin:amd64-10.11.3, /config/data, 10.11.3",
        "family.azurecr.io/jellyfin:10.11.3,,",
        "jellyfin:10.11.3,,",
        "localhost:5000/media,,",
    })
    void a_folder_or_version_is_guessed_from_no_other_image(String image, String dataDir, String version) {
        ImageName name = ImageName.of(image);
        assertThat(name.layout() == null ? null : name.layout().dataDir()).isEqualTo(dataDir);
        assertThat(name.version()).isEqualTo(version);
    }
}
