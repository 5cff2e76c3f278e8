package dev.jellykeep.contract.rollout;

import dev.jellykeep.contract.json.JsonFields;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.layout.BlobLayout;
import java.util.List;
import java.util.Optional;

/// `control/rollout.json`: the newest rollout of an app, for the operator that goes on with it and for retention, which
/// keeps the archives that it names. When a stage began is the blob's own time.
///
/// @param token value of the request for the backup before it
/// @param plan tells the template that it is about from others
/// @param replaces the app's newest revision when it began; it is over once there is a newer one
/// @param serving the revision that serves users if the rollout is given up
/// @param givenUp the same plan is not tried again
/// @param archives that hold what was there before it
public record RolloutDocument(
        String token,
        String plan,
        String replaces,
        String serving,
        Stage stage,
        boolean givenUp,
        List<String> archives) {
    private static final int FORMAT = 1;

    public RolloutDocument {
        archives = List.copyOf(archives);
    }

    /// The same, one stage on.
    public RolloutDocument at(Stage next) {
        return new RolloutDocument(token, plan, replaces, serving, next, givenUp, archives);
    }

    /// The same, never to be tried again.
    public RolloutDocument forGood() {
        return new RolloutDocument(token, plan, replaces, serving, stage, true, archives);
    }

    /// The same, naming an archive.
    public RolloutDocument keeping(List<String> names) {
        return new RolloutDocument(token, plan, replaces, serving, stage, givenUp, names);
    }

    public byte[] toBytes() {
        return new JsonFields()
                .put("format", FORMAT)
                .put("token", token)
                .put("plan", plan)
                .put("replaces", replaces)
                .put("serving", serving)
                .put("stage", stage.wireName())
                .put("givenUp", givenUp)
                .put("archives", archives)
                .toBytes();
    }

    /// Empty for what can't be understood: then no rollout is known.
    public static Optional<RolloutDocument> parse(byte[] text) {
        try {
            JsonObject json = JsonObject.parse(text, BlobLayout.ROLLOUT);
            if (json.format() > FORMAT) {
                return Optional.empty();
            }
            return Stage.ofWireName(json.text("stage"))
                    .map(stage -> new RolloutDocument(
                            json.text("token"),
                            json.text("plan"),
                            json.text("replaces"),
                            json.text("serving"),
                            stage,
                            json.flag("givenUp", false),
                            json.texts("archives")));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }
}
