package dev.jellykeep.contract.rollout;

import java.util.Arrays;
import java.util.Optional;

/// How far a rollout is. Each is written before what it names is done, so that whoever comes next knows what may have
/// been done.
public enum Stage {
    /// A backup was asked for; nothing has been touched.
    ASKED("asked"),
    /// The revision is being deactivated, or is: its replicas end, and then the template is sent.
    STOPPING("stopping"),
    /// The template could not be sent: since then nothing serves, and nobody's patch is on its way.
    REFUSED("refused"),
    /// The revision is being activated again.
    RETURNING("returning"),
    /// The revision serves again; the rollout was given up.
    ENDED("ended");

    private final String wireName;

    Stage(String wireName) {
        this.wireName = wireName;
    }

    /// As written. Never changes.
    public String wireName() {
        return wireName;
    }

    static Optional<Stage> ofWireName(String wireName) {
        return Arrays.stream(values())
                .filter(stage -> stage.wireName.equals(wireName))
                .findFirst();
    }
}
