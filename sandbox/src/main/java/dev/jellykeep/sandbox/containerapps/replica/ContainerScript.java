package dev.jellykeep.sandbox.containerapps.replica;

import java.time.Duration;
import java.util.Optional;

/// What a simulated container does, in every replica that starts from then on.
///
/// @param container its name
/// @param revision only in this revision; any where empty
/// @param failures how often it fails, from its first start on: an init container at the end of its run, an app
/// container
///     `after` its start; {@link #FOR_EVER} for always
/// @param exitCode of a failure
/// @param text what it leaves behind
/// @param after the length of a run: until an init container ends, until an app container is ready, or fails
/// @param needsIdentity an init container that also fails as long as no identity can be had
/// @param endless an init container that never ends; an app container that never gets ready
public record ContainerScript(
        String container,
        Optional<String> revision,
        int failures,
        int exitCode,
        String text,
        Optional<Duration> after,
        boolean needsIdentity,
        boolean endless) {
    public static final int FOR_EVER = Integer.MAX_VALUE;

    /// One that does as others do, to be changed.
    public static ContainerScript of(String container) {
        return new ContainerScript(container, Optional.empty(), 0, 1, "", Optional.empty(), false, false);
    }

    public ContainerScript onlyIn(String onlyRevision) {
        return new ContainerScript(
                container, Optional.of(onlyRevision), failures, exitCode, text, after, needsIdentity, endless);
    }

    public ContainerScript fails(int times, int code, String saying) {
        return new ContainerScript(container, revision, times, code, saying, after, needsIdentity, endless);
    }

    public ContainerScript after(Duration length) {
        return new ContainerScript(
                container, revision, failures, exitCode, text, Optional.of(length), needsIdentity, endless);
    }

    /// Fails while the identity endpoint isn't up, or has no identity for it.
    public ContainerScript withIdentity() {
        return new ContainerScript(container, revision, failures, exitCode, text, after, true, endless);
    }

    public ContainerScript withoutEnd() {
        return new ContainerScript(container, revision, failures, exitCode, text, after, needsIdentity, true);
    }

    boolean fits(String name, String ofRevision) {
        return container.equals(name) && revision.map(ofRevision::equals).orElse(true);
    }
}
