package dev.jellykeep.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.settings.Parsed;
import dev.jellykeep.contract.settings.Setting;
import dev.jellykeep.contract.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Somebody else changes the app after us.
class DriftTest {
    record Edit(String path, Consumer<JsonNode> edit) {
        @Override
        public String toString() {
            return path;
        }
    }

    private static Edit ours(String container, String member, Consumer<ObjectNode> edit) {
        String list = container.equals(Ours.RESTORE) ? "initContainers" : "containers";
        return new Edit(
                "properties.template.%s[%s]%s".formatted(list, container, member),
                app -> edit.accept(Cases.ours(app, container)));
    }

    static Stream<Edit> toOurs() {
        return Stream.of(
                ours(Ours.AGENT, ".image", agent -> agent.put("image", "busybox")),
                ours(Ours.AGENT, ".args", agent -> agent.putArray("args").add("status")),
                ours(Ours.RESTORE, ".args", restore -> restore.remove("args")),
                ours(Ours.AGENT, ".command", agent -> agent.putArray("command").add("sh")),
                ours(Ours.AGENT, ".resources", agent -> ((ObjectNode) agent.path("resources")).put("memory", "1Gi")),
                ours(Ours.RESTORE, ".resources", restore -> restore.remove("resources")),
                ours(Ours.AGENT, ".volumeMounts", agent -> agent.putNull("volumeMounts")),
                ours(
                        Ours.RESTORE,
                        ".volumeMounts",
                        restore -> ((ObjectNode) restore.at("/volumeMounts/0")).put("subPath", "elsewhere")),
                ours(Ours.AGENT, ".probes[Liveness]", agent -> agent.putArray("probes")),
                ours(
                        Ours.AGENT,
                        ".env[JELLYKEEP_LINEAGE]",
                        agent -> env(agent, "JELLYKEEP_LINEAGE").put("value", "00000000-0000-0000-0000-000000000000")),
                ours(
                        Ours.RESTORE,
                        ".env[AZURE_CLIENT_ID]",
                        restore -> env(restore, "AZURE_CLIENT_ID").put("secretRef", "media-key")),
                ours(
                        Ours.RESTORE,
                        ".env[JELLYKEEP_ON_NO_BACKUP]",
                        restore -> ((ArrayNode) restore.path("env")).add(Env.plain("JELLYKEEP_ON_NO_BACKUP", "Fail"))),
                new Edit(
                        "properties.template.terminationGracePeriodSeconds",
                        app -> Cases.template(app).put(Grace.MEMBER, 30)),
                new Edit(
                        "properties.template.initContainers[jellykeep-restore]",
                        app -> Cases.template(app).putNull("initContainers")),
                new Edit(
                        "properties.template.initContainers[jellykeep-restore].position",
                        app -> ((ArrayNode) app.at("/properties/template/initContainers"))
                                .insertObject(0)
                                .put("name", "early")),
                new Edit(
                        "properties.template.containers[jellykeep-agent]",
                        app -> ((ArrayNode) app.at("/properties/template/containers")).remove(1)),
                new Edit(
                        "properties.template.containers[jellykeep-restore]",
                        app -> ((ArrayNode) app.at("/properties/template/containers"))
                                .insert(0, ((ArrayNode) app.at("/properties/template/initContainers")).remove(0))));
    }

    private static ObjectNode env(ObjectNode container, String name) {
        JsonNode entry = Env.entry(container, name);
        return entry instanceof ObjectNode object ? object : container.objectNode();
    }

    @ParameterizedTest
    @MethodSource("toOurs")
    void what_was_done_to_our_parts_is_named_and_undone(Edit edit) {
        ObjectNode app = Cases.injected();
        edit.edit.accept(app);
        Plan.Patch patch = Cases.patch(Cases.input(app));
        assertThat(patch.changes()).extracting(Change::path).contains(edit.path);
        assertThat(patch.firstInjection()).isFalse();
        JsonNode corrected = Arm.patch(app, patch.body(), true);
        assertThat(Planner.plan(Cases.input(corrected))).isInstanceOf(Plan.UpToDate.class);
    }

    @Test
    void what_arm_or_anybody_does_elsewhere_is_nobodys_drift() {
        ObjectNode app = Cases.injected();
        ObjectNode jellyfin = Cases.ours(app, "jellyfin");
        jellyfin.put("image", "jellyfin/jellyfin:10.11.3-amd64");
        ((ArrayNode) jellyfin.path("env")).add(Env.plain("NEW", "1"));
        app.putObject("tags").put("owner", "family");
        Cases.template(app).put("revisionSuffix", "v2");
        ObjectNode agent = Cases.ours(app, Ours.AGENT);
        agent.put("imageType", "ContainerImage").putArray("command");
        ((ArrayNode) agent.path("probes"))
                .addObject()
                .put("type", "Startup")
                .putObject("tcpSocket")
                .put("port", 8096);
        assertThat(Planner.plan(Cases.input(app))).isInstanceOf(Plan.UpToDate.class);
    }

    @Test
    void an_injection_that_lost_a_half_is_told_from_one_that_was_never_there() {
        ObjectNode app = Cases.injected();
        ((ArrayNode) app.at("/properties/template/containers")).remove(1);
        assertThat(Cases.patch(Cases.input(app)).live()).isEqualTo(Presence.RESTORE_ONLY);
        Cases.template(app).putNull("initContainers");
        assertThat(Cases.patch(Cases.input(app)).live()).isEqualTo(Presence.NONE);
    }

    @Test
    void a_new_release_alone_is_told_from_other_changes() {
        ObjectNode app = Cases.injected();
        Cases.ours(app, Ours.AGENT).put("image", "ghcr.io/jellykeep/agent:0.9.0");
        Cases.ours(app, Ours.RESTORE).put("image", "ghcr.io/jellykeep/agent:0.9.0");
        assertThat(Cases.patch(Cases.input(app)).onlyAgentImage()).isTrue();
        env(Cases.ours(app, Ours.AGENT), Setting.EPHEMERAL_QUOTA.env()).put("value", "1Gi");
        assertThat(Cases.patch(Cases.input(app)).onlyAgentImage()).isFalse();
    }

    @Test
    void a_password_that_somebody_put_into_our_container_is_not_shown() {
        ObjectNode app = Cases.injected();
        ((ArrayNode) Cases.ours(app, Ours.AGENT).path("env"))
                .add(Env.plain("AZURE_STORAGE_CONNECTION_STRING", "AccountKey=hunter2"));
        assertThat(Cases.patch(Cases.input(app)).changes().toString()).doesNotContain("hunter2");
    }

    @Test
    void a_patch_that_is_shown_keeps_the_values_of_others_to_itself() {
        ObjectNode app = (ObjectNode) Cases.app();
        ((ArrayNode) Cases.ours(app, "jellyfin").path("env")).add(Env.plain("PASSWORD", "hunter2"));
        Plan.Patch patch = Cases.patch(Cases.input(app));
        assertThat(patch.body().toString()).contains("hunter2");
        assertThat(patch.shown().toString())
                .doesNotContain("hunter2")
                .contains("PASSWORD", "https://stfamily.blob.core.windows.net");
    }

    @Test
    void the_agent_understands_all_that_is_rendered_and_nothing_is_rendered_that_changes_by_itself() {
        JsonNode env = Cases.ours(Cases.injected(), Ours.AGENT).path("env");
        Map<String, String> values = new TreeMap<>();
        env.forEach(entry -> values.put(Members.name(entry), entry.path("value").asText()));
        Parsed parsed = Settings.fromEnv(values);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.unknown()).isEmpty();
        List<String> rendered = Stream.of(Setting.values())
                .filter(Setting::rendered)
                .map(Setting::env)
                .toList();
        values.remove("AZURE_CLIENT_ID");
        assertThat(rendered).containsAll(values.keySet());
    }
}
