package dev.jellykeep.operator.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Situations;
import dev.jellykeep.operator.desired.Worlds;
import dev.jellykeep.operator.status.Ends;
import dev.jellykeep.operator.status.Outcome;
import dev.jellykeep.operator.status.StatusText;
import dev.jellykeep.operator.status.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Argo CD says of a policy what its owner has to know, from the statuses that the operator writes.
class ArgoHealthTest {
    private static final String SCRIPT = ArgoScripts.health("JellyfinBackupPolicy");
    private static final Pattern RULE = Pattern.compile("(?ms)^if .*?^end\n");
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param health what Argo CD shall show
    /// @param why part of the message
    private record Example(String name, JsonNode policy, String health, String why) {}

    private static Case sealed() {
        return Case.injected().sealed();
    }

    private static Case held() {
        return Case.injected().held().runs(Case.whole("r1"));
    }

    private static Case waiting() {
        return sealed().edited("interval: 1h").runs(Case.whole("r1"));
    }

    private static LineageDocument empty() {
        return LineageDocument.fresh(Case.LINEAGE, Worlds.APP);
    }

    private static LineageDocument claimed() {
        return empty().withHolder(Case.HOLDER, 1);
    }

    private static Case reporting(ReportDraft draft) {
        Case at = held();
        at.reports.clear();
        return at.report(draft.build().at(at.now), Duration.ZERO);
    }

    private static Example of(String name, Case at, String health, String why) {
        return new Example(name, Policies.of(at, Ends.of(at)), health, why);
    }

    private static Example of(String name, Case at, Outcome outcome, String health, String why) {
        return new Example(name, Policies.of(at, outcome), health, why);
    }

    private static List<Example> examples() {
        Case edited = sealed();
        PolicyStatus old = StatusText.of(null, Ends.of(edited), 1, edited.now);
        PolicyStatus bare = new PolicyStatus(1L, List.of(), null, null, null, null, null, List.of(), null);
        Case silent = held();
        silent.reports.clear();
        silent.report(Case.HOLDER, "holding", Duration.ofMinutes(6));
        Case unfinished = reporting(ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                        .refused(new ReplicaReport.Refused("WIZARD", "the wizard waits", null, Case.NOW)))
                .document(claimed());
        return List.of(
                new Example("nobody has looked", Policies.of(new Case(), 1, null), "Progressing", "has not looked"),
                new Example("just edited", Policies.of(edited, 2, old), "Progressing", "has not looked"),
                new Example("no conditions", Policies.of(edited, 1, bare), "Progressing", "has not looked"),
                of("a change waits", waiting(), "Progressing", "WaitingForIdle: "),
                of("asleep and sealed", sealed(), "Healthy", "sealed: nothing is unsaved"),
                of("in use", held(), "Healthy", "the holder reports"),
                of(
                        "unsaved for too long",
                        reporting(ReportDraft.of(Case.blank(Case.HOLDER, "holding"))
                                .unsavedSince(Case.NOW.minusSeconds(7200))),
                        "Degraded",
                        "RecoveryPointMissed: "),
                of("nobody can say", silent, "Unknown", "AgentSilent: "),
                of("paused", held().spec("suspend: true"), "Suspended", "Suspended: "),
                of("only planned", new Case().spec("mode: Plan"), "Suspended", "mode is Plan"),
                of("stalled", new Case().runs(Case.bare("r1")), "Degraded", "UnsavedDataWouldBeLost: "),
                of(
                        "Azure is lost and the app was protected",
                        sealed(),
                        Ends.lost(Truth.FALSE, "NotFound"),
                        "Degraded",
                        "NotFound: "),
                of(
                        "replicas don't get past their restore while a change waits",
                        waiting(),
                        Ends.restoreFails(Ends.of(waiting()), "no role on Blob"),
                        "Degraded",
                        "RestoreFailing: no role on Blob"),
                of("the wizard waits", unfinished, "Progressing", "SetupNotFinished: "),
                of("never started", Case.injected().document(empty()), "Progressing", "NoBackupYet: "),
                of(
                        "runs and saved nothing yet",
                        reporting(ReportDraft.of(Case.blank(Case.HOLDER, "holding")))
                                .document(claimed()),
                        "Degraded",
                        "NoBackupYet: "));
    }

    private static List<String> verdicts(String script, List<Example> examples) {
        return Lua.run(script, examples.stream().map(Example::policy).toList());
    }

    @Test
    void each_state_is_shown_as_what_it_is() {
        List<Example> examples = examples();
        List<String> verdicts = verdicts(SCRIPT, examples);
        assertThat(verdicts).hasSameSizeAs(examples);
        for (int i = 0; i < examples.size(); i++) {
            assertThat(verdicts.get(i))
                    .as(examples.get(i).name())
                    .endsWith("\tstatus=" + examples.get(i).health() + "}")
                    .contains(examples.get(i).why());
        }
    }

    @Test
    void each_rule_of_the_script_is_needed() {
        List<Example> examples = examples();
        List<String> whole = verdicts(SCRIPT, examples);
        List<String> rules =
                RULE.matcher(SCRIPT).results().map(MatchResult::group).toList();
        assertThat(rules).hasSizeGreaterThan(10);
        for (String rule : rules) {
            List<String> without;
            try {
                without = verdicts(SCRIPT.replace(rule, ""), examples);
            } catch (AssertionError e) {
                assertThat(e).hasMessageContaining(".lua");
                continue;
            }
            assertThat(without).as("without the rule\n%s", rule).isNotEqualTo(whole);
        }
    }

    @Test
    void nothing_is_called_healthy_that_is_not_protected() {
        List<JsonNode> policies = new ArrayList<>();
        LongStream.range(0, 150).mapToObj(Situations::random).forEach(at -> policies.add(Policies.of(at, Ends.of(at))));
        List<String> verdicts = Lua.run(SCRIPT, policies);
        assertThat(verdicts).hasSameSizeAs(policies);
        for (int i = 0; i < policies.size(); i++) {
            JsonNode conditions = policies.get(i).at("/status/conditions");
            boolean whole = holds(conditions, "Ready") && holds(conditions, "Protected");
            assertThat(verdicts.get(i).endsWith("status=Healthy}"))
                    .as("seed %d: %s of %s", i, verdicts.get(i), conditions)
                    .isEqualTo(whole);
        }
        assertThat(verdicts).anyMatch(each -> each.endsWith("=Healthy}")).anyMatch(each -> each.endsWith("=Degraded}"));
    }

    private static boolean holds(JsonNode conditions, String type) {
        return conditions
                .valueStream()
                .anyMatch(each -> each.path("type").asText().equals(type)
                        && each.path("status").asText().equals("True"));
    }

    @Test
    void a_scope_that_allows_nothing_is_told() throws Exception {
        String whole = """
                {"spec": {"namespaces": ["media"], "resourceIdPrefixes": ["/subscriptions/a"],
                          "storagePrefixes": ["https://a/b"], "identities": ["system"], "imageRepositories": []}}
                """;
        String script = ArgoScripts.health("ContainerAppScope");
        assertThat(Lua.run(
                        script,
                        List.of(
                                JSON.readTree(whole),
                                JSON.readTree(whole.replace("\"system\"", "")),
                                JSON.readTree(whole.replace("\"/subscriptions/a\"", "")),
                                JSON.readTree(whole.replace("\"https://a/b\"", "")))))
                .containsExactly(
                        "{message=\tstatus=Healthy}",
                        "{message=identities is empty: no policy is allowed by this scope\tstatus=Degraded}",
                        "{message=resourceIdPrefixes is empty: no policy is allowed by this scope\tstatus=Degraded}",
                        "{message=storagePrefixes is empty: no policy is allowed by this scope\tstatus=Degraded}");
    }
}
