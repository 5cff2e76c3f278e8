package dev.jellykeep.scenarios.demo;

import static dev.jellykeep.scenarios.demo.Login.require;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.sandbox.original.OriginalSetUp;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;

/// The set-up of those who wrote scripts, taken over: its app, its hand-written containers, its archives, good and bad.
final class OriginalStory implements Tale {
    /// In the newest backup that is good: the one with a blob for each file.
    private static final int USERS = OriginalSetUp.USERS;

    private static final String REFUSAL = "Stalled";

    private final Policy policy = Policy.small().of(Ids.JELLYFIN);
    private final Narrator narrator;
    private final Town town;
    private final Cluster cluster;

    OriginalStory(Narrator narrator, Town town, Cluster cluster) {
        this.narrator = narrator;
        this.town = town;
        this.cluster = cluster;
    }

    @Override
    public void tell() throws IOException {
        narrator.say("The original set-up");
        narrator.step(this::deploy);
        narrator.step(this::plantArchives);
        narrator.say("Refused until it is mended");
        narrator.step(this::refuse);
        narrator.step(this::mend);
        narrator.say("Taken over");
        narrator.step(this::adopt);
        narrator.step(this::again);
    }

    private String deploy() {
        town.deploy(AppTemplate.original());
        town.assignRoles();
        long _ = town.scaleToZero();
        return "containers restore-db and backup-agent, data at /data, configuration nowhere safe";
    }

    private String plantArchives() throws IOException {
        var original = OriginalSetUp.make(town.options().folder().resolve("original"));
        original.blobs().forEach(town::plant);
        return "%d blobs of the scripts: good archives below, torn and empty ones on top"
                .formatted(original.blobs().size());
    }

    private String refuse() {
        cluster.applyScope();
        cluster.apply(policy);
        cluster.awaitStatus(REFUSAL, "True", Town.BOUND);
        var why = cluster.condition(REFUSAL).orElseThrow();
        require(
                why.message().contains("JELLYFIN_CONFIG_DIR=/data/config"),
                "The refusal doesn't say how to mend it: " + why.message());
        return "policy applied: Stalled/%s, with the commands that mend it".formatted(why.reason());
    }

    private String mend() {
        town.deploy(AppTemplate.original().with("JELLYFIN_CONFIG_DIR", "/data/config"));
        long _ = town.scaleToZero();
        cluster.apply(policy.with("scale: Enforce").with("takeOver: [restore-db, backup-agent]"));
        cluster.await("Injected", "UpToDate", Town.BOUND);
        return "configuration beside the data, scale: Enforce, takeOver: injected, scripts' containers gone";
    }

    private String adopt() {
        var facts = Login.require(town, USERS);
        return "a request: the newest good backup is adopted: login screen, %d users, %d items"
                .formatted(facts.users(), facts.items());
    }

    private String again() {
        town.server().createUser("user-5");
        long last = town.idle();
        var facts = Login.require(town, USERS + 1);
        require(
                facts.lastCommitted() == last,
                "The server ended with commit %d, but the restored data ends with %d."
                        .formatted(last, facts.lastCommitted()));
        return "scale to zero, a cold start: login screen, %d users, nothing lost".formatted(facts.users());
    }
}
