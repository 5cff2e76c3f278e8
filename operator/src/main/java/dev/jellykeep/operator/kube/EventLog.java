package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.decide.Note;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Events of policies. One that says what the last one of its reason said is not said again.
public final class EventLog {
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);
    /// As the API server takes them.
    private static final int LONGEST = 1024;

    private final KubernetesClient client;
    private final InstantSource clock;
    private final Map<String, String> said = new ConcurrentHashMap<>();

    public EventLog(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /// An event that can't be written is logged, and nothing else.
    ///
    /// @return false if it has been said already
    boolean say(JellyfinBackupPolicy policy, Note note) {
        var meta = policy.getMetadata();
        if (note.message().equals(said.put(meta.getUid() + note.reason(), note.message()))) {
            return false;
        }
        LOG.atLevel(note.warning() ? Level.WARN : Level.INFO)
                .addKeyValue("reason", note.reason())
                .log(note.message());
        Instant now = clock.instant();
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.v1()
                    .events()
                    .inNamespace(meta.getNamespace())
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withGenerateName(meta.getName() + ".")
                            .withNamespace(meta.getNamespace())
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion(policy.getApiVersion())
                            .withKind(HasMetadata.getKind(JellyfinBackupPolicy.class))
                            .withName(meta.getName())
                            .withNamespace(meta.getNamespace())
                            .withUid(meta.getUid())
                            .endInvolvedObject()
                            .withType(note.warning() ? "Warning" : "Normal")
                            .withReason(note.reason())
                            .withMessage(note.message()
                                    .substring(0, Math.min(note.message().length(), LONGEST)))
                            .withNewSource()
                            .withComponent("jellykeep-operator")
                            .endSource()
                            .withFirstTimestamp(time)
                            .withLastTimestamp(time)
                            .withCount(1)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            LOG.atWarn().addKeyValue("reason", note.reason()).log("event not written: {}", e.getMessage());
        }
        return true;
    }
}
