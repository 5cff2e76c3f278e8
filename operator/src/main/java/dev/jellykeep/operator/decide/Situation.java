package dev.jellykeep.operator.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.operator.api.PolicySpec;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Plan;
import dev.jellykeep.operator.desired.PolicyName;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known of one policy's app at one time.
///
/// @param appId lower-cased resource id
/// @param app what ARM answered to the app's GET
/// @param digest of the injection as it should be, images included; null where the plan is refused
/// @param policy that this is about
/// @param stable template of the revision that was ready last; null: not looked at
/// @param running null: not looked at, since nothing hangs on it
public record Situation(
        String appId,
        PolicySpec spec,
        long generation,
        Map<String, String> annotations,
        JsonNode app,
        Plan plan,
        @Nullable String digest,
        @Nullable Running running,
        ArchivesView archives,
        Memory memory,
        Instant now,
        PolicyName policy,
        @Nullable JsonNode stable) {

    /// Names the archive by which a person has saved a running replica's data.
    public static final String RESCUED = "jellykeep.dev/rescued";

    Optional<LiveInjection> live() {
        return LiveInjection.of(app);
    }

    String latest() {
        return app.path("properties").path("latestRevisionName").asText();
    }

    String latestReady() {
        return app.path("properties").path("latestReadyRevisionName").asText();
    }

    /// An operation of ARM on the app is going on.
    boolean busy() {
        String state = app.path("properties").path("provisioningState").asText();
        return Stream.of("InProgress", "Waiting", "Deleting").anyMatch(state::equalsIgnoreCase);
    }

    /// Azure's last operation on the app failed; it may say so long after.
    boolean failed() {
        return app.path("properties").path("provisioningState").asText().equalsIgnoreCase("Failed");
    }

    /// The rollout that replaces the newest revision; empty once there is a newer one.
    public Optional<ArchivesView.Seen.Rollout> rollout() {
        return archives instanceof ArchivesView.Seen seen
                ? Optional.ofNullable(seen.rollout())
                        .filter(each -> !latest().isEmpty()
                                && each.document().replaces().equals(latest()))
                : Optional.empty();
    }

    /// Who wrote the app last, and when; empty where ARM doesn't say.
    String lastWriter() {
        JsonNode data = app.path("systemData");
        String by = data.path("lastModifiedBy").asText();
        return by.isEmpty() ? "" : by + " (" + data.path("lastModifiedByType").asText("unknown") + ")";
    }

    /// The same with who runs.
    public Situation with(Running seen) {
        return new Situation(
                appId, spec, generation, annotations, app, plan, digest, seen, archives, memory, now, policy, stable);
    }

    /// The same with the template of the revision that was ready last.
    public Situation with(JsonNode template) {
        return new Situation(
                appId,
                spec,
                generation,
                annotations,
                app,
                plan,
                digest,
                running,
                archives,
                memory,
                now,
                policy,
                template);
    }

    /// The same with other archives; the plan stays.
    public Situation with(ArchivesView seen) {
        return new Situation(
                appId, spec, generation, annotations, app, plan, digest, running, seen, memory, now, policy, stable);
    }
}
