package dev.jellykeep.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.sandbox.process.ChildProcess;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Owner.Printed;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `kubectl jellykeep`, as a person uses it on a server that is used.
class PluginTest extends ClusterScenario {
    @Test
    void a_person_at_a_prompt_sees_and_does_all_there_is_by_one_plugin() throws IOException {
        protectedServer();

        assertThat(jellykeep("status").exitCode()).as("all are protected").isZero();
        Printed status = jellykeep("status", Policy.NAME);
        assertThat(status.exitCode()).as(status.text()).isZero();
        assertThat(status.text()).contains("Protected", "True", "request backup of first: ");

        Printed backup = jellykeep("backup", "--wait", "--timeout=200");
        assertThat(backup.exitCode()).as(backup.text()).isZero();
        assertThat(backup.text()).containsPattern("(promoted|unchanged)");

        Printed list = jellykeep("list", Policy.NAME);
        assertThat(list.exitCode()).as(list.text()).isZero();
        assertThat(list.text()).contains(town.owner().archives().getFirst());

        Printed verify = jellykeep("verify");
        assertThat(verify.exitCode()).as(verify.text()).isZero();
        Printed forks = jellykeep("forks", Policy.NAME);
        assertThat(forks.exitCode()).as(forks.text()).isZero();

        Printed plan = jellykeep("plan", Policy.NAME);
        assertThat(plan.exitCode()).as(plan.text()).isZero();

        goesBack();

        Printed report = jellykeep("report", Policy.NAME);
        assertThat(report.text())
                .contains("== policy", "== status", "== events", "== scopes", "== archives", "== forks")
                .contains("TemplatePatched", town.owner().archives().getFirst())
                .doesNotContain("AccountKey");

        var _ = kubernetes
                .kubectl()
                .run("label", "jbp", Policy.NAME, "--namespace", Policy.NAMESPACE, "argocd.argoproj.io/instance=x");
        assertThat(jellykeep("restore", "--cancel").text()).contains("GitOps");
    }

    /// Yesterday's archive, by the next cold start.
    private void goesBack() {
        String first = town.owner().archives().getFirst();
        Printed asked = jellykeep("restore", Policy.NAME, "--backup", first, "--accept", "APP_OLDER");
        assertThat(asked.exitCode()).as(asked.text()).isZero();
        assertThat(asked.text()).contains("next cold start");
        awaitRequest("restore", "Asked");
        long _ = town.scaleToZero();
        assertLogin(3);
        awaitRequest("restore", "restored");
    }

    private void awaitRequest(String kind, String result) {
        Await.until(
                "a " + kind + " is " + result,
                Town.BOUND,
                cluster::evidence,
                () -> cluster.status()
                        .path("requests")
                        .valueStream()
                        .anyMatch(each -> each.path("kind").asText().equals(kind)
                                && each.path("result").asText().startsWith(result)));
    }

    @Test
    void what_cannot_be_meant_is_refused_before_anything_is_touched() {
        assertThat(jellykeep("status").exitCode())
                .as("no policy is no protection")
                .isEqualTo(1);
        for (String[] wrong : new String[][] {
            {"backup"},
            {"status", "nobody"},
            {"restore", "--backup"},
            {"bakcup"},
            {"status", "a", "b"},
            {},
            {"backup", "--timeout", "soon"},
            {"status", "--wat"},
            {"backup", "--backup", "backup-20260131120000.tar.gz"},
            {"backup", "--wait=true"},
            {"list", "--accept", "INTEGRITY"},
            {"verify", "--backup=-x"},
            {"forks", "drop", "a", "b"},
            {"forks", "show", "drop", "a"},
            {"restore", "--cancel", "--backup", "backup-20260131120000.tar.gz"},
            {"restore", "--backup", "a\nb"},
            {"restore", "--accept", "x\"y", "--backup", "b"}
        }) {
            Printed printed = jellykeep(wrong);
            assertThat(printed.exitCode())
                    .as("%s: %s", Arrays.toString(wrong), printed.text())
                    .isEqualTo(2);
            assertThat(printed.text()).isNotBlank();
        }
        assertThat(jellykeep("--help").text()).contains("Usage: kubectl jellykeep");
    }

    /// By kubectl, which finds its plugins on the PATH.
    private Printed jellykeep(String... words) {
        try {
            Path bin = Files.createDirectories(town.options().folder().resolve("bin"));
            for (Map.Entry<String, Path> each : Map.of(
                            "kubectl", kubernetes.kubectl().program(),
                            "kubectl-jellykeep", town.options().repository().resolve("plugin/kubectl-jellykeep"))
                    .entrySet()) {
                if (Files.notExists(bin.resolve(each.getKey()))) {
                    Files.createSymbolicLink(bin.resolve(each.getKey()), each.getValue());
                }
            }
            Map<String, String> environment = new HashMap<>(town.operator().environment());
            environment.put("KUBECONFIG", kubernetes.kubeconfig().toString());
            environment.put("PATH", bin + ":" + town.options().repository() + ":" + System.getenv("PATH"));
            List<String> command =
                    new ArrayList<>(List.of(bin.resolve("kubectl").toString(), "jellykeep"));
            command.addAll(Arrays.asList(words));
            if (words.length > 0) {
                command.addAll(List.of("--namespace", Policy.NAMESPACE));
            }
            var process = ChildProcess.start(town.options().folder().resolve("logs"), "plugin", command, environment);
            return new Printed(process.awaitExit(Town.BOUND), process.output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
