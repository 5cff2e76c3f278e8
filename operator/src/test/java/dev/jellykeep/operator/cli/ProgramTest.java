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
import dev.jellykeep.sandbox.azurite.Azurite;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each command as it is typed, with its exit code.
class ProgramTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private static Azurite azurite;
    private Prompt prompt;

    @BeforeAll
    static void blob() throws IOException {
        azurite = Azurite.startOrExplain()
                .orElseGet(() -> Assumptions.abort("Azurite can't run here, see standard error"));
    }

    @AfterAll
    static void noBlob() {
        azurite.close();
    }

    @BeforeEach
    void begin() throws IOException {
        prompt = new Prompt(azurite);
    }

    @AfterEach
    void end() {
        prompt.close();
    }

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
        usage("--show-values goes with --output json", "plan", "-f", "-", "--show-values");
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
    void doctor_finds_nothing_wrong_with_an_app_that_can_be_injected() {
        prompt.with(Prompt.usualApp(), 0);
        var answer = prompt.run("doctor");
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.OK);
        assertThat(answer.out().lines()).allMatch(line -> line.matches("(ok  |warn|fail) [A-Za-z]+: .+"));
        assertThat(answer.out())
                .contains("ok   archives: ", "ok   sending: ", "warn role: ", "Storage Blob Data Contributor");
        assertThat(prompt.writes()).isZero();
    }

    /// What speaks against an app, as the emulator shows it: a change of the usual one, the reason, and what mends it.
    static Stream<Arguments> ailments() {
        String usual = Prompt.usualApp();
        return Stream.of(
                Arguments.of(
                        usual.replaceFirst("(?m)^.*\"identity\": .*$", ""),
                        "NoIdentity",
                        "az containerapp identity assign"),
                Arguments.of(
                        usual.replace("\"maxReplicas\": 1", "\"maxReplicas\": 3"),
                        "MultipleReplicasAllowed",
                        "--max-replicas 1"),
                Arguments.of(
                        usual.replace(
                                "\"configuration\": {", "\"configuration\": {\"activeRevisionsMode\": \"Multiple\", "),
                        "MultipleRevisions",
                        "az containerapp revision set-mode"),
                Arguments.of(
                        usual.replace("\"mountPath\": \"/config\"", "\"mountPath\": \"/elsewhere\""),
                        "NoDataVolume",
                        "az containerapp show"),
                Arguments.of(
                        usual.replace("jellyfin/jellyfin:10.11.3", "example.org/own:1"),
                        "UnknownLayout",
                        "spec.containerApp.layout"),
                Arguments.of(
                        usual.replace("\"cpu\": 1.0, \"memory\": \"2Gi\"", "\"cpu\": 4.0, \"memory\": \"8Gi\""),
                        "ResourceTotal",
                        "az containerapp update"),
                Arguments.of(
                        usual.replace("\"name\": \"jellyfin\"", "\"name\": \"jellykeep-agent\""),
                        "NameTaken",
                        "another name"));
    }

    @ParameterizedTest
    @MethodSource("ailments")
    void doctor_names_what_fails_and_the_command_that_mends_it(String app, String reason, String mend) {
        prompt.with(app, 0);
        var doctor = prompt.run("doctor");
        assertThat(doctor.code()).as(doctor.all()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(doctor.out().lines().filter(line -> line.startsWith("fail " + reason + ": ")))
                .as(doctor.all())
                .isNotEmpty()
                .allMatch(line -> line.contains(mend));
        assertThat(prompt.run("plan").code()).isEqualTo(ExitCode.REFUSED);
        assertThat(prompt.writes()).isZero();
    }

    @Test
    void doctor_shows_the_scope_that_a_cluster_would_ask_for() {
        prompt.with(Prompt.usualApp(), 0);
        assertThat(prompt.run("doctor").out())
                .contains("ok   scope: ", "kind: ContainerAppScope", "resourceIdPrefixes: [\"" + Prompt.APP + "\"]");
    }

    @Test
    void doctor_tells_another_apps_archives_from_ones_own() {
        prompt.with(Prompt.usualApp(), 0);
        AppResourceId other = AppResourceId.parse(Prompt.APP + "-other").orThrow();
        try (BlobStore store = new AzurePlaces(prompt.environment, true)
                .open(new StorageSpec(prompt.azurite.endpoint().toString(), prompt.container, "", null))) {
            store.putIfAbsent(
                    BlobLayout.LINEAGE,
                    LineageText.print(
                            LineageDocument.fresh(LineageId.ofApp(other).value(), other.value())),
                    Map.of());
        }
        var doctor = prompt.run("doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(doctor.out()).contains("fail lineage: the archives in ", "belong to " + other.value());
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

    @Test
    void archives_that_cannot_be_seen_fail_in_doctor_alone() {
        prompt.with(Prompt.usualApp(), 0);
        String elsewhere = prompt.policy("").replace(prompt.container, "not-there");
        var doctor = prompt.runWith(elsewhere, "doctor");
        assertThat(doctor.code()).isEqualTo(ExitCode.CHECK_FAILED);
        assertThat(doctor.out())
                .contains(
                        "fail archives: ContainerNotFound",
                        "warn lineage: whether lineage.json is there",
                        "jellykeep init");
        assertThat(prompt.runWith(elsewhere, "status").code()).isEqualTo(ExitCode.NOT_PROTECTED);
    }

    @Test
    void wrong_files_and_flags_end_with_one_sentence() {
        assertThat(prompt.runWith(prompt.policy("  interval: 1d\n"), "plan"))
                .isEqualTo(new Prompt.Answer(
                        ExitCode.USAGE,
                        "",
                        "jellykeep-operator plan: -: interval is no duration: write one like 15m or 4h"
                                + System.lineSeparator()));
        usage(
                "can't be read (NoSuchFileException)",
                "plan",
                "-f",
                folder.resolve("none.yaml").toString());
        usage("Missing required option: '--file=POLICY'", "plan");
        usage("did you mean --output?", "plan", "-f", "-", "--outputt", "json");
        usage("did you mean plan?", "plam");
        usage("--output xml is not known: use text|json", "plan", "-f", "-", "--output", "xml");
        usage("--format hcl is not known", "render", "-f", "-", "--format", "hcl");
        usage("--timeout soon", "apply", "-f", "-", "--timeout", "soon");
        usage("--lineage goes with --app-file", "render", "-f", "-", "--lineage", "x");
        prompt.environment.remove(OperatorOptions.AGENT_IMAGE);
        usage("no image of the agent is named", "plan", "-f", "-");
        usage("JELLYKEEP_AGENT_IMAGE is not set", "run");
    }

    private void usage(String sentence, String... arguments) {
        var answer = prompt.type(prompt.policy(""), List.of(arguments));
        assertThat(answer.code()).as(answer.all()).isEqualTo(ExitCode.USAGE);
        assertThat(answer.err()).contains(sentence).hasLineCount(1);
    }

    @Test
    void every_command_explains_itself() {
        assertThat(prompt.type("", List.of("--help")).out())
                .contains("run", "plan", "apply", "status", "render", "doctor", "Exit codes:", "nothing is sent");
        for (String command : List.of("run", "plan", "apply", "status", "render", "doctor")) {
            var help = prompt.type("", List.of(command, "--help"));
            assertThat(help.code()).isEqualTo(ExitCode.OK);
            assertThat(help.out()).contains("jellykeep-operator " + command);
        }
        assertThat(prompt.type("", List.of("--version")).out()).startsWith("jellykeep-operator ");
        assertThat(prompt.type("", List.of()).code()).isEqualTo(ExitCode.USAGE);
    }
}
