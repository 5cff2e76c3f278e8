package dev.jellykeep.scenarios.demo;

import static dev.jellykeep.scenarios.demo.Login.require;

import dev.jellykeep.sandbox.demo.Narrator;
import dev.jellykeep.scenarios.cluster.Cluster;
import dev.jellykeep.scenarios.town.AppTemplate;
import dev.jellykeep.scenarios.town.Await;
import dev.jellykeep.scenarios.town.Ids;
import dev.jellykeep.scenarios.town.Policy;
import dev.jellykeep.scenarios.town.Tale;
import dev.jellykeep.scenarios.town.Town;
import java.io.IOException;
import java.time.Duration;

/// A family's server from its first policy to the day when nobody looks after it any more. Each claim is checked; the
/// first that does not hold ends the story.
final class Story implements Tale {
    private static final int LIBRARY_MEGABYTES = 20;
    private static final int WRITES_PER_SECOND = 50;
    private static final Duration BOUND = Town.BOUND;
    /// Sorts after every archive that there will be.
    private static final String PLANTED = "backup-20991231235959.tar.gz";

    private static final int PLANTED_BYTES = 133;

    private final Narrator narrator;
    private final Town town;
    private final Cluster cluster;
    private int users = 3;
    private long last;

    Story(Narrator narrator, Town town, Cluster cluster) {
        this.narrator = narrator;
        this.town = town;
        this.cluster = cluster;
    }

    @Override
    public void tell() throws IOException {
        narrator.say("A policy");
        narrator.step(this::deploy);
        narrator.step(this::refuseWithoutScope);
        narrator.step(this::inject);
        narrator.say("A new server");
        narrator.step(this::firstStart);
        narrator.step(this::setUp);
        narrator.step(this::firstBackup);
        narrator.step(this::play);
        narrator.say("Scale to zero, and back");
        narrator.step(this::scaleToZero);
        narrator.step(this::coldStart);
        narrator.say("Whatever comes");
        narrator.step(this::backupByRequest);
        narrator.step(this::plantBadArchive);
        narrator.step(this::scaleToZero);
        narrator.step(this::coldStart);
        narrator.step(this::deletePolicy);
        narrator.step(this::scaleToZero);
        narrator.step(this::coldStart);
    }

    private String deploy() {
        town.deploy(AppTemplate.official().withStandIn("--writes-per-second 0"));
        town.assignRoles();
        long _ = town.scaleToZero();
        return "Container App created: data and configuration on an EmptyDir, asleep with no replica";
    }

    private String refuseWithoutScope() {
        cluster.apply(Policy.small());
        cluster.await("Stalled", "ScopeDenied");
        require(patches() == 0, "The operator wrote to Azure although no scope allows it.");
        return "policy applied: Stalled/ScopeDenied; nothing is sent to Azure before an admin allows it";
    }

    private String inject() {
        cluster.applyScope();
        cluster.await("Injected", "UpToDate");
        cluster.awaitStatus("Ready", "True", BOUND);
        require(patches() == 1, "The injection took " + patches() + " PATCHes; it is one.");
        return "scope applied: accepted, restore and backup containers injected by one PATCH";
    }

    private String firstStart() {
        var page = town.server().get("/web/");
        require(page.contains("setup wizard"), "A new server doesn't begin with its setup wizard: " + page);
        return "first request: a replica starts, restore proves that there is no backup: setup wizard";
    }

    private String setUp() {
        var server = town.server();
        server.completeWizard("admin");
        server.createUser("user-2");
        server.createUser("user-3");
        server.growLibrary(LIBRARY_MEGABYTES);
        return "wizard completed, %d users, library of %d MB (%d items)"
                .formatted(users, LIBRARY_MEGABYTES, server.facts().items());
    }

    private String firstBackup() {
        var owner = town.owner();
        Await.until(
                "the first archive is there",
                BOUND,
                town::evidence,
                () -> !owner.archives().isEmpty());
        return "first backup after the initial delay: " + owner.archives().getLast();
    }

    private String play() {
        var server = town.server();
        long before = server.facts().lastCommitted();
        server.writesPerSecond(WRITES_PER_SECOND);
        Await.until(
                "a hundred play positions are written",
                BOUND,
                town::evidence,
                () -> server.facts().lastCommitted() >= before + 100);
        return "somebody watches: play positions change %d times a second".formatted(WRITES_PER_SECOND);
    }

    private String scaleToZero() {
        var server = town.server();
        server.writesPerSecond(0);
        long seen = server.facts().lastCommitted();
        last = town.idle();
        require(last >= seen, "The server ended with commit %d, after %d was there.".formatted(last, seen));
        var status = town.owner().status();
        require(status.path("state").asText().equals("sealed"), "The lineage is not sealed: " + status);
        return "idle: SIGTERM, final backup, lineage sealed at commit %d; replica and disk are gone".formatted(last);
    }

    private String coldStart() {
        var facts = Login.require(town, users);
        require(facts.playStates() > 0, "The play positions are gone: " + facts);
        require(
                facts.lastCommitted() == last,
                "The server ended with commit %d, but the restored data ends with %d."
                        .formatted(last, facts.lastCommitted()));
        return "a request, a cold start: login screen, %d users, %d items, commit %d: nothing lost"
                .formatted(users, facts.items(), last);
    }

    private String backupByRequest() {
        users++;
        town.server().createUser("user-" + users);
        cluster.requestBackup("evening");
        Await.until(
                "the backup is acknowledged",
                BOUND,
                cluster::evidence,
                () -> cluster.status().path("requests").toString().contains("backup-"));
        cluster.awaitStatus("Protected", "True", BOUND);
        return "backup by request: acknowledged in the policy's status, Protected is True";
    }

    private String plantBadArchive() {
        town.plant(PLANTED, new byte[PLANTED_BYTES]);
        return "a bad archive of %d bytes, newer than all others, is planted in the container".formatted(PLANTED_BYTES);
    }

    private String deletePolicy() {
        cluster.deletePolicy();
        var first = town.azure().apps().get(Ids.APP).at("/properties/template/initContainers/0/name");
        require(
                first.asText().equals("jellykeep-restore"),
                "Deleting the policy took the restore away, and the disk is an EmptyDir.");
        return "policy deleted: both containers stay where the data is on an EmptyDir";
    }

    private long patches() {
        return town.azure().apps().journal().stream()
                .filter(each -> each.method().equals("PATCH"))
                .count();
    }
}
