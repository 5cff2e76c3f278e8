package dev.jellykeep.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pipeline's script as it is, before the program, and the workflow around it.
class PipelineTest extends AtPrompt {
    private static final Path EXAMPLE =
            Path.of("../examples/pipelines").toAbsolutePath().normalize();
    private static final Path SCRIPT = EXAMPLE.resolve("jellykeep.sh");
    private static final Pattern CALL = Pattern.compile("\"\\$operator\" ([a-z]+) (.*?)(?: 2>&1\\))?\n");

    @TempDir
    Path folder;

    private record Ran(int code, String printed) {}

    /// The program is in this process, where waiting takes no time: pipes bring it what the script wants, and back what
    /// it
    /// said.
    private Ran script(String verb, Path... policies) throws Exception {
        Path program = Files.writeString(folder.resolve("jellykeep-operator"), """
                #!/bin/sh
                cd '%s' || exit 70
                printf '%%s\\n' "$@" >asked
                cat said
                read -r code <code
                exit "$code"
                """.formatted(folder));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        List<String> command = new ArrayList<>(List.of("sh", SCRIPT.toString(), verb));
        Arrays.stream(policies).map(Path::toString).forEach(command::add);
        Path printed = folder.resolve("printed");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("JELLYKEEP_OPERATOR", program.toString());
        for (String pipe : List.of("asked", "said", "code")) {
            Files.deleteIfExists(folder.resolve(pipe));
            Process made = new ProcessBuilder("mkfifo", folder.resolve(pipe).toString()).start();
            assertThat(made.waitFor()).as("mkfifo").isZero();
        }
        Process process = builder.start();
        process.getOutputStream().close();
        Thread.ofPlatform().daemon().start(() -> answer(policies.length));
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).as(Files.readString(printed)).isTrue();
        return new Ran(process.exitValue(), Files.readString(printed));
    }

    private void answer(int calls) {
        try {
            for (int i = 0; i < calls; i++) {
                List<String> asked = Files.readAllLines(folder.resolve("asked"));
                Prompt.Answer answer = prompt.type("", asked);
                Files.writeString(folder.resolve("said"), answer.all());
                Files.writeString(folder.resolve("code"), answer.code().number() + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path policy(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void a_pull_request_shows_what_the_main_branch_then_does() throws Exception {
        prompt.with(Prompt.usualApp(), 0);
        Path family = policy("family.yaml", prompt.policy(""));
        Ran planned = script("plan", family);
        assertThat(planned.code()).as(planned.printed()).isZero();
        assertThat(planned.printed())
                .startsWith("### " + family + ": changes\n")
                .contains("+ container jellykeep-agent", "would be sent now");
        assertThat(prompt.writes()).as("writes of a pull request").isZero();

        Ran applied = script("apply", family);
        assertThat(applied.code()).as(applied.printed()).isZero();
        assertThat(prompt.writes()).isEqualTo(1);

        assertThat(script("plan", family).printed()).startsWith("### " + family + ": nothing to do\n");
        assertThat(script("apply", family).code()).isZero();
        assertThat(prompt.writes()).isEqualTo(1);
    }

    @Test
    void a_pull_request_fails_for_what_is_refused_and_shows_every_policy() throws Exception {
        prompt.with(Prompt.originalApp(), 0);
        Path wrong = policy("wrong.yaml", prompt.policy("  interval: soon\n"));
        Path family = policy("family.yaml", prompt.policy("").replace("/jellyfin}", "/jellyfin, container: jellyfin}"));
        Ran planned = script("plan", family, wrong);
        assertThat(planned.code()).as(planned.printed()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(planned.printed())
                .contains(
                        "### " + family + ": refused\n",
                        "refused MultipleReplicasAllowed",
                        "### " + wrong + ": failed with exit code 2\n",
                        "interval")
                .doesNotContain(Prompt.PASSWORD);
        Ran applied = script("apply", family, wrong);
        assertThat(applied.code()).as(applied.printed()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(prompt.writes()).isZero();
    }

    @Test
    void an_app_in_use_is_waited_for_and_the_next_run_goes_on() throws Exception {
        prompt.with(Prompt.usualApp(), 0);
        Path family = policy("family.yaml", prompt.policy(""));
        assertThat(script("apply", family).code()).isZero();
        prompt.azure.scale("jellyfin", 1);
        Path edited = policy("family.yaml", prompt.policy("  interval: 30m\n"));
        assertThat(script("plan", edited).code()).isZero();
        Ran applied = script("apply", edited);
        assertThat(applied.code()).as(applied.printed()).isEqualTo(ExitCode.NOT_YET.number());
        assertThat(applied.printed()).contains("the next run goes on");
    }

    @Test
    void the_script_calls_commands_and_flags_that_there_are() throws IOException {
        List<MatchResult> calls =
                CALL.matcher(Files.readString(SCRIPT)).results().toList();
        assertThat(calls).hasSize(2);
        for (MatchResult call : calls) {
            Prompt.Answer help = prompt.type("", List.of(call.group(1), "--help"));
            assertThat(help.code()).as(help.all()).isEqualTo(ExitCode.OK);
            Pattern.compile("(?<= |^)--?[a-z-]+")
                    .matcher(call.group(2))
                    .results()
                    .forEach(flag -> assertThat(help.out()).contains(flag.group()));
        }
    }

    @Test
    void the_workflow_runs_the_script_by_a_token_that_is_no_secret() throws IOException {
        String text = Files.readString(EXAMPLE.resolve("github.yaml"));
        JsonNode workflow = new YAMLMapper().readTree(text);
        assertThat(workflow.at("/permissions/id-token").asText()).isEqualTo("write");
        assertThat(text).doesNotContain("secrets.");
        for (String job : List.of("plan", "apply")) {
            JsonNode steps = workflow.at("/jobs/" + job + "/steps");
            List<String> runs = new ArrayList<>();
            steps.forEach(step -> {
                if (step.has("run")) {
                    runs.add(step.path("run").asText());
                }
            });
            assertThat(runs.getLast()).startsWith("sh pipelines/" + SCRIPT.getFileName() + " " + job + " policies/");
            assertThat(runs.getFirst()).startsWith("./mvnw ");
            assertThat(steps.findValuesAsText("uses")).allMatch(each -> each.matches("[a-z-]+/[a-z-]+@v\\d+"));
        }
    }
}
