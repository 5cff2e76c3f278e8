package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What there is to do about an app.
public sealed interface Plan permits Plan.UpToDate, Plan.Patch, Refused {

    /// What we own is as it should be.
    record UpToDate(List<Warning> warnings) implements Plan {
        public UpToDate {
            warnings = List.copyOf(warnings);
        }
    }

    /// Something has to be sent.
    ///
    /// @param body for ARM's PATCH: complete arrays of containers, and nothing else that isn't ours.
    ///     It holds the values of foreign variables: show people {@link #shown} or `changes`
    /// @param changes not empty; where the injection was whole and the spec hasn't changed, this is
    ///     drift
    /// @param live what there is of the injection now
    record Patch(ObjectNode body, List<Change> changes, List<Warning> warnings, Presence live) implements Plan {
        public Patch {
            changes = List.copyOf(changes);
            warnings = List.copyOf(warnings);
        }

        /// The body for people: what comes back as it was found and may be a password stands as `<unchanged>`.
        public ObjectNode shown() {
            return Shown.body(body);
        }

        /// The same, of other containers name and image alone.
        public ObjectNode outline() {
            return Shown.outline(body);
        }

        /// Tells this patch from another, as far as it is {@link #shown}: a digest of hidden values would let people
        /// try out which password it fits.
        public String digest() {
            return Digest.of(shown());
        }

        /// No container of ours is there yet: the patch replaces a disk that nobody has saved.
        public boolean firstInjection() {
            return live == Presence.NONE;
        }

        /// Whether Azure makes a new revision of it, and with it a new disk.
        public boolean newRevision() {
            return body.path("properties").has("template");
        }

        /// Whether nothing differs but the agent's image, as after an upgrade of the operator.
        public boolean onlyAgentImage() {
            return changes.stream().allMatch(change -> change.path().endsWith("].image"));
        }
    }
}
