package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.store.BlobStore;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What `doctor` says of an app, as the emulator shows it.
class DoctorTest extends AtPrompt {
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
}
