package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.sandbox.containerapps.http.Fault;
import dev.jellykeep.sandbox.containerapps.replica.ContainerScript;
import dev.jellykeep.store.BlobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each command as it is typed, with its exit code.
class ProgramTest extends AtPrompt {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void a_plan_is_shown_applied_and_then_there_is_nothing_to_do() throws IOException {
        prompt.with(Prompt.usualApp(), 0);

        var planned = prompt.run("plan");
        assertThat(planned.code()).as(planned.all()).isEqualTo(ExitCode.CHANGES);
        assertThat(planned.out())
                .contains(
                        "+ lineage.json",
                        "+ init container jellykeep-restore",
                        "+ container jellykeep-agent",
                        "    + env[JELLYKEEP_LINEAGE]: ",
                        "terminationGracePeriodSeconds",
                        "would be sent now: injection: no replica runs");
        JsonNode json = JSON.readTree(prompt.run("plan", "--output", "json").out());
        assertThat(json.path("verdict").asText()).isEqualTo("SENDS");
        assertThat(json.path("createsLineage").asText()).hasSize(36);
        assertThat(json.at("/patch/properties/template/initContainers/0/name").asText())
                .isEqualTo("jellykeep-restore");
        assertThat(prompt.run("apply", "--dry-run").out()).isEqualTo(planned.out());
        assertThat(prompt.writes()).as("writes of a plan").isZero();
        assertThat(prompt.run("plan").out()).contains("+ lineage.json");

        var applied = prompt.run("apply");
        assertThat(applied.code()).as(applied.all()).isEqualTo(ExitCode.OK);
        assertThat(applied.out().lines())
                .as("one line for each change of state")
                .doesNotHaveDuplicates()
                .first()
                .asString()
                .startsWith("Progressing: injection sent");
        assertThat(prompt.writes()).isEqualTo(1);

        var after = prompt.run("plan");
        assertThat(after.code()).as(after.all()).isEqualTo(ExitCode.OK);
        assertThat(after.out()).startsWith("up to date: ").hasLineCount(1);
        assertThat(prompt.run("apply").code()).isEqualTo(ExitCode.OK);
        assertThat(prompt.writes()).as("writes of an apply with nothing to do").isEqualTo(1);

        var changed = prompt.runWith(prompt.policy("  interval: 30m\n"), "plan");
        assertThat(changed.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(changed.out()).contains("~ container jellykeep-agent\n    + env[JELLYKEEP_INTERVAL]: \"30m\"");

        var upgraded = prompt.run("plan", "--agent-image", "registry.example/jellykeep/agent:0.2.0");
        assertThat(upgraded.out())
                .contains("~ container jellykeep-agent\n    ~ image: \"registry.example/jellykeep/agent:0.1.0\" -> \"");
        prompt.runWith(prompt.policy("  interval: 30m\n"), "apply");
        assertThat(prompt.run("plan").out()).contains("    - env[JELLYKEEP_INTERVAL]: \"30m\"");
    }

    @Test
    void the_original_set_up_is_refused_with_everything_that_mends_it() {
        prompt.with(Prompt.originalApp(), 0);
        String policy = prompt.policy("").replace("/jellyfin}", "/jellyfin, container: jellyfin}");
        var refused = prompt.runWith(policy, "plan");
        assertThat(refused.code()).as(refused.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(refused.out())
                .contains(
                        "refused MultipleReplicasAllowed",
                        "refused ConfigOutsideVolume",
                        "refused OtherToolOnDataVolume",
                        "  mend: ",
                        "JELLYFIN_CONFIG_DIR=/data/config",
                        "--max-replicas 1");
        var applied = prompt.runWith(policy, "apply");
        assertThat(applied.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(prompt.runWith(policy, "render").code()).isEqualTo(ExitCode.REFUSED);
        var doctor = prompt.runWith(policy, "doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(doctor.out())
                .contains(
                        "ok   app: ",
                        "fail MultipleReplicasAllowed: ",
                        "fail ConfigOutsideVolume: ",
                        "warn resources: not wholly checked",
                        "warn lineage: there is no lineage.json yet",
                        "jellykeep init --lineage ");
        assertThat(prompt.writes()).isZero();
        for (var each : List.of(refused, applied, doctor, prompt.runWith(policy, "plan", "-o", "json"))) {
            assertThat(each.all()).doesNotContain(Prompt.PASSWORD);
        }
    }

    @Test
    void no_command_prints_a_value_that_may_be_a_password() {
        prompt.with(Prompt.usualApp(), 0);
        for (String[] each : new String[][] {
            {"plan"},
            {"plan", "-o", "json"},
            {"apply"},
            {"doctor"},
            {"doctor", "-o", "json"},
            {"render"},
            {"render", "--format", "bicep"},
            {"status"},
            {"status", "-o", "json"},
            {"status", "-o", "yaml"}
        }) {
            String[] more = java.util.Arrays.copyOfRange(each, 1, each.length);
            var answer = prompt.run(each[0], more);
            assertThat(answer.all())
                    .as(String.join(" ", each))
                    .doesNotContain(Prompt.PASSWORD)
                    .doesNotContain("AccountKey");
            assertThat(answer.all()).isNotBlank();
        }
    }

    @Test
    void the_patch_with_everybodys_values_is_shown_to_whoever_asks_for_them() throws IOException {
        prompt.with(Prompt.usualApp(), 0);
        JsonNode shown = JSON.readTree(prompt.run("plan", "-o", "json").out());
        var whole = prompt.run("plan", "-o", "json", "--show-values");
        assertThat(whole.code()).isEqualTo(ExitCode.CHANGES);
        JsonNode sent = JSON.readTree(whole.out());
        assertThat(sent.at("/patch/properties/template/containers/0/env/0/value")
                        .asText())
                .isEqualTo(Prompt.PASSWORD);
        assertThat(shown.at("/patch/properties/template/containers/0/env/0/value")
                        .asText())
                .isEqualTo("<unchanged>");
        assertThat(sent.path("digest")).isEqualTo(shown.path("digest"));
        assertThat(prompt.run("apply").out())
                .contains("(plan " + sent.path("digest").asText() + ")");
    }

    @Test
    void a_running_replicas_disk_is_not_replaced_by_apply_either() {
        prompt.with(Prompt.usualApp(), 1);
        var planned = prompt.run("plan");
        assertThat(planned.code()).as(planned.all()).isEqualTo(ExitCode.REFUSED);
        assertThat(planned.out()).contains("+ container jellykeep-agent", "DiscardRunningData");
        assertThat(prompt.run("doctor").out()).contains("fail sending: UnsavedDataWouldBeLost");
        var applied = prompt.run("apply");
        assertThat(applied.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(applied.out()).contains("UnsavedDataWouldBeLost");
        assertThat(prompt.writes()).isZero();
        var given = prompt.runWith(prompt.policy("  rollout: {firstInjection: DiscardRunningData}\n"), "plan");
        assertThat(given.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(given.out()).contains("is given up");
    }

    @Test
    void apply_waits_for_an_idle_app_and_gives_up_when_the_time_is_over() {
        prompt.with(Prompt.usualApp(), 0);
        assertThat(prompt.run("apply").code()).isEqualTo(ExitCode.OK);
        prompt.azure.scale("jellyfin", 1);
        String other = prompt.policy("  interval: 30m\n");
        var planned = prompt.runWith(other, "plan");
        assertThat(planned.code()).as(planned.all()).isEqualTo(ExitCode.CHANGES);
        assertThat(planned.out()).contains("would wait: ", "WhenIdle");
        var late = prompt.runWith(other, "apply", "--timeout", "1m");
        assertThat(late.code()).as(late.all()).isEqualTo(ExitCode.NOT_YET);
        assertThat(late.out()).hasLineCount(1).startsWith("WaitingForIdle: ");
        assertThat(late.err()).contains("not as planned within 1m", "--timeout");
        assertThat(prompt.writes()).isEqualTo(1);

        prompt.meanwhile(() -> prompt.azure.scale("jellyfin", 0));
        var idle = prompt.runWith(other, "apply");
        assertThat(idle.code()).as(idle.all()).isEqualTo(ExitCode.OK);
        assertThat(prompt.writes()).isEqualTo(2);
    }

    @Test
    void a_policy_that_only_plans_is_not_carried_out() {
        prompt.with(Prompt.usualApp(), 0);
        var applied = prompt.runWith(prompt.policy("  mode: Plan\n"), "apply");
        assertThat(applied.code()).isEqualTo(ExitCode.CHANGES);
        assertThat(applied.out()).contains("mode is Plan: nothing was sent");
        assertThat(prompt.writes()).isZero();
    }

    @Test
    void status_says_not_protected_as_long_as_there_is_no_backup() throws IOException {
        prompt.with(Prompt.usualApp(), 0);
        var before = prompt.run("status");
        assertThat(before.code()).isEqualTo(ExitCode.NOT_PROTECTED);
        assertThat(before.out()).contains("NotInjected", "ChangesToSend: run `jellykeep-operator apply`");
        prompt.run("apply");
        var after = prompt.run("status", "--output", "json");
        assertThat(after.code()).isEqualTo(ExitCode.NOT_PROTECTED);
        JsonNode status = JSON.readTree(after.out()).path("status");
        assertThat(status.path("conditions").findValuesAsText("type")).contains("Ready", "Protected", "Injected");
        assertThat(status.path("conditions").findValuesAsText("reason")).contains("NoBackupYet", "UpToDate");
        assertThat(prompt.run("status", "-o", "yaml").out()).contains("kind: ", "JellyfinBackupPolicy", "NoBackupYet");
    }

    @Test
    void status_says_protected_where_a_sealed_line_has_its_head() {
        prompt.with(Prompt.usualApp(), 0);
        UUID lineage =
                LineageId.ofApp(AppResourceId.parse(Prompt.APP).orThrow()).value();
        LineageDocument fresh = LineageDocument.fresh(
                lineage, AppResourceId.parse(Prompt.APP).orThrow().value());
        String head = "backup-20261101080000.tar.gz";
        LineageDocument document = new LineageDocument(
                lineage,
                fresh.app(),
                1,
                null,
                true,
                List.of(new Listed(head, "0".repeat(64), 1, 1)),
                List.of(),
                false,
                List.of(),
                List.of(),
                null,
                null);
        try (BlobStore store = new AzurePlaces(prompt.environment, true)
                .open(new StorageSpec(prompt.azurite.endpoint().toString(), prompt.container, "", null))) {
            store.putIfAbsent(head, new byte[] {1}, Map.of());
            store.putIfAbsent(BlobLayout.LINEAGE, LineageText.print(document), Map.of());
        }
        assertThat(prompt.run("status").code()).as("not injected").isEqualTo(ExitCode.NOT_PROTECTED);
        assertThat(prompt.run("apply").code()).isEqualTo(ExitCode.OK);
        var answer = prompt.run("status");
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.OK);
        assertThat(answer.out()).contains("Protected", head);
        assertThat(prompt.runWith(prompt.policy("  suspend: true\n"), "status").code())
                .isEqualTo(ExitCode.NOT_PROTECTED);
    }

    @Test
    void a_revision_that_does_not_get_ready_fails_the_pipeline() {
        prompt.with(Prompt.usualApp(), 1);
        prompt.azure.script(ContainerScript.of("jellykeep-restore").fails(ContainerScript.FOR_EVER, 1, "no"));
        prompt.meanwhile(() -> prompt.azure.advance(Duration.ofSeconds(30)));
        var answer = prompt.runWith(
                prompt.policy("  rollout: {firstInjection: DiscardRunningData, progressDeadline: 1m}\n"), "apply");
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.ROLLOUT_FAILED);
        assertThat(answer.out()).contains("AwaitingRevision: ", "RolloutFailed: ");
    }

    @Test
    void a_throttled_azure_is_one_to_try_again() {
        prompt.with(Prompt.usualApp(), 0);
        prompt.azure.fault(Fault.next(Fault.throttled(3600)));
        var answer = prompt.run("plan");
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void what_is_rendered_and_deployed_by_other_means_is_up_to_date() throws IOException {
        prompt.with(Prompt.usualApp(), 0);
        JsonNode live = JSON.readTree(prompt.run("render").out());
        Path file = folder.resolve("app.json");
        Files.writeString(file, prompt.azure.get(Prompt.APP).toString());
        var rendered = prompt.run("render", "--app-file", file.toString());
        assertThat(rendered.code()).as(rendered.all()).isEqualTo(ExitCode.OK);
        ObjectNode block = (ObjectNode) JSON.readTree(rendered.out());
        assertThat(block).isEqualTo(live);

        ObjectNode app = (ObjectNode) JSON.readTree(Prompt.usualApp());
        ObjectNode template = (ObjectNode) app.at("/properties/template");
        ArrayNode containers = (ArrayNode) template.path("containers");
        block.path("containers").forEach(containers::add);
        block.remove("containers");
        template.setAll(block);
        prompt.with(app.toString(), 0);

        var planned = prompt.run("plan");
        assertThat(planned.out()).startsWith("up to date");
        assertThat(planned.code()).isEqualTo(ExitCode.OK);

        var bicep = prompt.run("render", "--format", "bicep");
        assertThat(bicep.out())
                .startsWith("{\n")
                .contains("  initContainers: [\n    {\n      name: 'jellykeep-restore'\n", "cpu: json('0.25')");
        var doctor = prompt.run("doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(doctor.out())
                .as("deployed without its lineage document")
                .contains("fail lineage: the app belongs to lineage ", "jellykeep init --lineage ");
    }

    @Test
    void what_is_missing_or_out_of_reach_has_an_exit_code_of_its_own() {
        for (String command : List.of("plan", "apply", "status", "render")) {
            assertThat(prompt.run(command).code()).as(command).isEqualTo(ExitCode.NO_APP);
        }
        assertThat(prompt.run("render").err()).contains("--app-file");
        assertThat(prompt.run("doctor").code()).isEqualTo(ExitCode.CHECK_FAILED);

        prompt.environment.remove("JELLYKEEP_ARM_TOKEN");
        prompt.environment.put("AZURE_CLIENT_SECRET", Prompt.PASSWORD);
        var denied = prompt.run("plan");
        assertThat(denied.code()).isEqualTo(ExitCode.ACCESS_DENIED);
        assertThat(denied.err()).contains("AZURE_CLIENT_ID").doesNotContain(Prompt.PASSWORD);
        assertThat(denied.err().lines()).hasSize(1);
    }
}
