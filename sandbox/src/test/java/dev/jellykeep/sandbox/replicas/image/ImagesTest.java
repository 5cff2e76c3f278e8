package dev.jellykeep.sandbox.replicas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImagesTest {
    private static final String TEXT = """
            {"images": [
              {"image": "jellyfin/jellyfin*", "requires": "/usr/bin/real", "command": ["/usr/bin/real"]},
              {"image": "jellyfin/jellyfin*", "command": ["${java}/bin/java", "stand-in"], "arguments": ["--usual"],
               "userFrom": "PUID", "user": 7, "readable": ["${lib}"]}]}""";

    private static Images images(boolean installed) {
        return Images.read(TEXT, Map.of("java", "/jdk", "lib", "/a.jar:/b.jar"), _ -> installed);
    }

    @Test
    void a_real_server_is_run_where_it_is_installed_and_a_stand_in_elsewhere() {
        assertThat(images(true).find("jellyfin/jellyfin:10.11").orElseThrow().command())
                .containsExactly("/usr/bin/real");
        var standIn = images(false).find("docker.io/jellyfin/jellyfin").orElseThrow();
        assertThat(standIn.command()).containsExactly("/jdk/bin/java", "stand-in");
        assertThat(standIn.readable()).containsExactly(Path.of("/a.jar"), Path.of("/b.jar"));
        assertThat(images(true).find("nginx")).isEmpty();
        assertThat(images(true).find("my.jellyfin/jellyfin")).isEmpty();
    }

    @Test
    void a_templates_command_replaces_the_images_and_its_arguments_only_the_usual_ones() {
        var image = images(false).find("jellyfin/jellyfin").orElseThrow();
        assertThat(image.commandLine(List.of(), List.of())).containsExactly("/jdk/bin/java", "stand-in", "--usual");
        assertThat(image.commandLine(List.of(), List.of("-x"))).containsExactly("/jdk/bin/java", "stand-in", "-x");
        assertThat(image.commandLine(List.of("sh"), List.of("-c"))).containsExactly("sh", "-c");
        assertThat(image.commandLine(List.of("sh"), List.of())).containsExactly("sh");
    }

    @Test
    void the_user_comes_from_the_variable_that_the_image_reads() {
        var image = images(false).find("jellyfin/jellyfin").orElseThrow();
        assertThat(image.user(Map.of("PUID", "1000"))).isEqualTo(1000);
        assertThat(image.user(Map.of("PUID", "me"))).isEqualTo(7);
        assertThat(image.user(Map.of())).isEqualTo(7);
    }

    @Test
    void where_ports_are_mapped_programs_are_told_theirs_and_one_that_can_not_be_told_is_not_run() {
        var text = """
                {"images": [
                  {"image": "a*", "requires": "/usr/bin/real", "listening": {"ports": [8096]}},
                  {"image": "a*", "variables": {"OWN": "1"},
                   "listening": {"ports": [8096], "variables": {"OWN": "2", "OPTIONS": "--port 8096"}}},
                  {"image": "b"}]}""";
        var images = Images.read(text, Map.of(), _ -> true).outspoken();
        var told = images.find("a").orElseThrow();
        assertThat(told.requires()).isEmpty();
        assertThat(told.variables()).containsOnly(Map.entry("OWN", "1"), Map.entry("OPTIONS", "--port 8096"));
        assertThat(told.listening().ports()).containsExactly(8096);
        assertThat(images.find("b")).isPresent();
    }

    @Test
    void a_place_that_nobody_knows_is_said_at_once() {
        assertThatThrownBy(() -> Images.read(TEXT, Map.of("java", "/jdk"), _ -> false))
                .hasMessage("The images name a place ${lib}: use one of [java].");
    }

    @Test
    void the_images_that_come_with_the_sandbox_can_be_read() {
        var usual = UsualImages.of(Path.of("/repository"));
        assertThat(usual.find("ghcr.io/somebody/jellykeep-agent:1")
                        .orElseThrow()
                        .command())
                .containsExactly("/repository/jellykeep");
        assertThat(usual.find("ghcr.io/somebody/jellykeep-agent:1-nonroot")
                        .orElseThrow()
                        .user())
                .isEqualTo(1000);
        assertThat(usual.find("lscr.io/linuxserver/jellyfin:10.11")).isPresent();
    }
}
