package dev.jellykeep.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.StorageIdentity;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.archives.ArchivesView.Seen.FailedRestore;
import dev.jellykeep.operator.arm.ContainerStatus;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.desired.Identities;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why replicas don't get past their restore: from the agent's report, or from ARM where Blob is the trouble.
final class RestoreTrouble {
    private static final String RESTORE = "jellykeep-restore";

    private RestoreTrouble() {}

    static Optional<String> of(Situation now) {
        Optional<FailedRestore> told =
                now.archives() instanceof ArchivesView.Seen seen ? seen.failedRestore() : Optional.empty();
        Running running = now.running();
        Optional<String> shown = running == null
                ? Optional.empty()
                : running.all().flatMap(replica -> failing(replica).stream()).findFirst();
        if (told.isPresent() && (running == null || shown.isPresent() || stillTries(told.get(), running))) {
            return Optional.of("the restore failed: " + told.get().restore().detail());
        }
        return shown.map(why -> why + "; if its log says 403, " + identity(now) + " lacks its role: " + role(now));
    }

    /// An attempt that failed is told at once, and tried again in the same container for minutes.
    private static boolean stillTries(FailedRestore told, Running running) {
        return running.all()
                .filter(each -> each.name().equals(told.replica()))
                .flatMap(each -> each.initContainers().stream())
                .anyMatch(each -> each.name().equals(RESTORE) && !each.ready());
    }

    private static Optional<String> failing(Replica replica) {
        return replica.initContainers().stream()
                .filter(each -> each.name().equals(RESTORE) && each.restartCount() > 0 && !each.ready())
                .map(each -> "replica " + replica.name() + " does not get past its restore, which was restarted "
                        + each.restartCount() + " times" + details(each))
                .findFirst();
    }

    private static String details(ContainerStatus container) {
        String said =
                container.runningStateDetails().isEmpty() ? container.runningState() : container.runningStateDetails();
        return said.isEmpty() ? "" : " (" + said + ")";
    }

    private static String role(Situation now) {
        var storage = now.spec().storage();
        String account = URI.create(storage.accountUrl()).getHost();
        return "az role assignment create --role \"Storage Blob Data Contributor\" --assignee-object-id "
                + principal(now)
                + " --assignee-principal-type ServicePrincipal --scope \"$(az storage account show --name "
                + (account == null ? "ACCOUNT" : account.split("\\.", -1)[0])
                + " --query id --output tsv)/blobServices/default/containers/" + storage.container() + "\"";
    }

    private static String identity(Situation now) {
        var chosen = chosen(now);
        return chosen == null ? "the app's own identity" : "the identity " + chosen.getKey();
    }

    private static String principal(Situation now) {
        var chosen = chosen(now);
        JsonNode told = chosen == null ? now.app().path("identity") : chosen.getValue();
        return told.path("principalId").asText("PRINCIPAL_ID");
    }

    /// The agent's user-assigned identity; null for the app's own.
    private static Map.@Nullable Entry<String, JsonNode> chosen(Situation now) {
        StorageIdentity identity = now.spec().storage().identity();
        String wanted = identity == null ? null : identity.resourceId();
        Identities all = Identities.of(now.app());
        return wanted == null ? all.only() : all.find(wanted);
    }
}
