package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.StorageIdentity;
import dev.jellykeep.operator.api.StorageSpec;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.decide.Progress;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.desired.EnvironmentFacts;
import dev.jellykeep.operator.desired.Identities;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.reconcile.Preview;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that `doctor` looks at, from one look at Azure.
final class DoctorChecks {
    private DoctorChecks() {}

    /// @param namespace of the policy
    static List<Check> of(Preview.Seen seen, String namespace) {
        return switch (seen) {
            case Preview.Unseen(var outcome) ->
                List.of(Check.fail("app", outcome.progress().message()));
            case Preview.Known known -> of(known, namespace);
        };
    }

    private static List<Check> of(Preview.Known seen, String namespace) {
        List<Check> checks = new ArrayList<>();
        JsonNode app = seen.situation().app();
        checks.add(Check.ok("app", "ARM shows " + seen.situation().appId()));
        checks.add(scope(seen, namespace));
        checks.add(profiles(app, seen.environment()));
        checks.addAll(PlanChecks.of(seen.situation().plan()));
        checks.add(archives(seen));
        checks.add(LineageCheck.of(seen));
        checks.add(role(seen));
        checks.add(sending(seen));
        seen.outcome().restore().ifPresent(why -> checks.add(Check.fail("restore", why)));
        return checks;
    }

    /// Nothing is refused for want of one here.
    private static Check scope(Preview.Known seen, String namespace) {
        Wish wish = Wish.of(namespace, seen.situation().spec());
        var only = Identities.of(seen.situation().app()).only();
        String identity = wish.identity() != null ? wish.identity() : only == null ? Scope.SYSTEM : only.getKey();
        return Check.ok(
                "scope",
                "here the caller's own rights count; in a cluster an admin would apply "
                        + ScopeVerdict.example(wish.as(identity)));
    }

    private static Check profiles(JsonNode app, @Nullable EnvironmentFacts environment) {
        if (environment != null) {
            List<String> names = environment.profiles().stream()
                    .map(EnvironmentFacts.Profile::name)
                    .toList();
            return Check.ok(
                    "profiles",
                    names.isEmpty() ? "consumption only" : "the environment has " + String.join(", ", names));
        }
        String id = app.path("properties").path("environmentId").asText("ENVIRONMENT_ID");
        return Check.warn(
                "profiles",
                "the environment can't be read: az role assignment create --role Reader --assignee WHO --scope " + id);
    }

    private static Check archives(Preview.Known seen) {
        StorageSpec storage = seen.situation().spec().storage();
        return switch (seen.situation().archives()) {
            case ArchivesView.Seen found ->
                Check.ok(
                        "archives",
                        storage.container() + " can be listed and read, "
                                + found.catalogue().line().size() + " archives");
            case ArchivesView.Hidden(String reason, String sentence) -> {
                StorageIdentity identity = storage.identity();
                yield identity != null && identity.secretName() != null
                        ? Check.warn("archives", reason + ": " + sentence)
                        : Check.fail("archives", reason + ": " + sentence);
            }
        };
    }

    /// Nobody can ask Blob what another identity may do. That an agent has reported proves it.
    private static Check role(Preview.Known seen) {
        StorageSpec storage = seen.situation().spec().storage();
        StorageIdentity identity = storage.identity();
        if (identity != null && identity.secretName() != null) {
            return Check.ok("role", "the agent needs none: it has the secret " + identity.secretName());
        }
        if (seen.situation().archives() instanceof ArchivesView.Seen found
                && !found.replicas().isEmpty()) {
            return Check.ok("role", "an agent has written to " + storage.container() + " before");
        }
        String account = URI.create(storage.accountUrl()).getHost();
        return Check.warn(
                "role",
                "whether the app's identity may write archives shows when the agent first runs; it needs: az role"
                        + " assignment create --role \"Storage Blob Data Contributor\" --assignee-object-id "
                        + principal(seen.situation().app(), identity)
                        + " --assignee-principal-type ServicePrincipal --scope \"$(az storage account show --name "
                        + (account == null ? "ACCOUNT" : account.split("[.]", -1)[0])
                        + " --query id -o tsv)/blobServices/default/containers/" + storage.container() + "\"");
    }

    private static String principal(JsonNode app, @Nullable StorageIdentity identity) {
        String wanted = identity == null ? null : identity.resourceId();
        boolean system = identity != null && Boolean.TRUE.equals(identity.system());
        List<Map.Entry<String, JsonNode>> assigned =
                List.copyOf(app.path("identity").path("userAssignedIdentities").properties());
        JsonNode chosen = assigned.stream()
                .filter(each -> !system
                        && (wanted == null
                                ? assigned.size() == 1
                                : each.getKey().equalsIgnoreCase(wanted)))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(app.path("identity"));
        return chosen.path("principalId").asText("PRINCIPAL_ID");
    }

    /// Replicas, the first injection, waits and rollouts.
    private static Check sending(Preview.Known seen) {
        if (seen.situation().plan() instanceof Refused) {
            return Check.warn("sending", "not judged before what fails is mended");
        }
        Outlook outlook = Outlook.of(seen);
        Progress.State state = seen.next().progress().state();
        String replicas = running(seen.situation().running());
        return switch (outlook.verdict()) {
            case SENDS -> Check.ok("sending", "apply sends the patch at once: " + outlook.sentence() + replicas);
            case REFUSED -> Check.fail("sending", seen.next().progress().reason() + ": " + outlook.sentence());
            case WAITS -> Check.warn("sending", outlook.sentence());
            case UP_TO_DATE ->
                switch (state) {
                    case READY -> Check.ok("sending", outlook.sentence());
                    case RECONCILING -> Check.warn("sending", outlook.sentence());
                    case STALLED -> Check.fail("sending", outlook.sentence());
                };
        };
    }

    private static String running(@Nullable Running running) {
        return running == null || running.none() ? "" : " (running: " + running.names() + ")";
    }

    static boolean fails(List<Check> checks) {
        return checks.stream().anyMatch(each -> each.level() == Check.Level.FAIL);
    }
}
