package dev.jellykeep.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.jellyfin.RevisionVersions;
import dev.jellykeep.contract.json.JsonFormatException;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.Accept;
import dev.jellykeep.contract.lineage.Fork;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Pin;
import dev.jellykeep.contract.replica.Proof;
import dev.jellykeep.operator.api.PolicyStatus;
import dev.jellykeep.operator.api.RequestStatus;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.store.folder.FolderStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people ask of their archives through a policy: once, and never through the app's template.
class GoingBackTest {
    private static final String HEAD = "backup-20261101080000.tar.gz";
    private static final String WISH = "restore: {request: {backup: " + HEAD + ", token: friday}}";

    @TempDir
    Path blobs;

    private Cluster cluster;

    @BeforeEach
    void anAppThatSleepsSealed() {
        cluster = new Cluster(blobs, Cluster.usualApp(""), "");
        cluster.runUntil(Duration.ofMinutes(30), each -> each.reason("Ready").equals("True/Succeeded"));
        cluster.sealWithHead();
        cluster.runFor(Duration.ofMinutes(15));
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aRestoreIsAskedForThroughBlobAndCountsOnceEver() {
        cluster.edit(WISH);
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(pin()).map(Pin::archive).contains(HEAD);
        assertThat(result()).isEqualTo("Asked");
        assertThat(cluster.writes()).as("patches").hasSize(1);

        // a replica restores it and is saved; later somebody pins another by hand, and that is consumed too
        document(each -> each.withConsumedPin("friday"));
        cluster.runFor(Duration.ofMinutes(15));
        assertThat(result()).isEqualTo("restored");
        document(each -> each.withConsumedPin("by-hand"));
        delete(BlobLayout.RESTORE);
        cluster.restart();
        cluster.runFor(Duration.ofMinutes(30));
        assertThat(pin()).as("asked again").isEmpty();
        assertThat(result()).isEqualTo("restored");
        assertThat(cluster.notes).extracting(Note::reason).contains("RestoreAsked", "RestoreCompleted");
    }

    @Test
    void aRequestThatIsTakenOutOfThePolicyIsTakenBack() {
        cluster.edit(WISH);
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(pin()).isPresent();
        cluster.edit("");
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(pin()).isEmpty();
        assertThat(cluster.notes).extracting(Note::reason).contains("RestoreTakenBack");
    }

    @Test
    void whatAPersonHasPinnedIsNotTakenBackByAPolicyThatAsksForNothing() {
        put(BlobLayout.RESTORE, new Pin(HEAD, "by-hand", List.of()).toBytes());
        cluster.edit("interval: 30m");
        cluster.runFor(Duration.ofMinutes(15));
        assertThat(pin()).map(Pin::token).contains("by-hand");
    }

    @Test
    void whatAPersonTookBackIsNotAskedForAgain() {
        cluster.edit(WISH);
        cluster.runFor(Duration.ofMinutes(1));
        delete(BlobLayout.RESTORE);
        cluster.runFor(Duration.ofMinutes(30));
        assertThat(pin()).isEmpty();
        assertThat(result()).startsWith("TakenBack");
    }

    @Test
    void anArchiveThatIsNotThereIsRefusedAndASpellingThatIsMendedIsNot() {
        cluster.edit("restore: {request: {backup: backup-20200101000000.tar.gz, token: friday}}");
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(result()).startsWith("refused: the lineage holds no archive");
        assertThat(pin()).isEmpty();
        cluster.edit(WISH);
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(result()).isEqualTo("Asked");
    }

    @Test
    void planAsksForNothing() {
        cluster.edit("mode: Plan\n" + WISH);
        cluster.runFor(Duration.ofMinutes(1));
        assertThat(result()).startsWith("refused: mode is Plan");
        assertThat(pin()).isEmpty();
    }

    @Test
    void agentsAreToldWhichVersionEachRevisionRunsAndItIsReadOnce() {
        var versions = read(BlobLayout.APP).map(RevisionVersions::parse).orElseThrow();
        String latest = cluster.azure
                .get(Cluster.APP)
                .at("/properties/latestRevisionName")
                .asText();
        assertThat(versions.of(latest)).hasToString("Optional[10.11.3]");
        cluster.azure.clearJournal();
        cluster.runFor(Duration.ofMinutes(5));
        assertThat(Objects.requireNonNull(cluster.status().target()).version()).isEqualTo("10.11.3");
    }

    @Test
    void aSuspectThatNobodyRunsToAcceptIsAnsweredWithTheCommand() {
        cluster.annotations.put(AcceptRequests.ANNOTATION, "suspect/" + HEAD);
        cluster.step();
        assertThat(kind("accept").orElseThrow().result()).startsWith("refused: there is no such suspect");
        put("suspect/" + HEAD, new byte[] {1});
        cluster.annotations.remove(AcceptRequests.ANNOTATION);
        cluster.step();
        cluster.annotations.put(AcceptRequests.ANNOTATION, "suspect/" + HEAD);
        cluster.step();
        assertThat(kind("accept").orElseThrow().result()).startsWith("NoReplica: run `jellykeep promote suspect/");
    }

    @Test
    void aRunningReplicaIsAskedToAcceptItsSuspect() {
        put("suspect/" + HEAD, new byte[] {1});
        cluster.reportOfHolder();
        cluster.annotations.put(AcceptRequests.ANNOTATION, "suspect/" + HEAD);
        cluster.step();
        assertThat(kind("accept").orElseThrow().result()).isEqualTo("Asked");
        assertThat(read(BlobLayout.ACCEPT).flatMap(Accept::parse)).contains(new Accept("suspect/" + HEAD));
    }

    @Test
    void aProofExpiresAndADrillIsAskedForOnlyWhileSomebodyRuns() {
        cluster.edit("drill: {schedule: \"0 4 * * *\", maxAge: 24h}");
        cluster.runFor(Duration.ofDays(1));
        assertThat(cluster.reason("RecoveryProven")).isEqualTo("False/NeverDrilled");
        assertThat(drills()).as("nobody would answer").isZero();
        document(each -> each.withHolder("replica", each.epoch() + 1));
        for (int minutes = 0; minutes < 15; minutes++) {
            cluster.reportOfHolder();
            cluster.runFor(Duration.ofMinutes(1));
        }
        assertThat(drills()).isEqualTo(1);
        put(
                BlobLayout.PROOF,
                new Proof(HEAD, Proof.How.DRILL, true, "whole", cluster.azure.now(), 5, 5, 1, 2, "0.1.0").toBytes());
        cluster.runFor(Duration.ofMinutes(15));
        assertThat(cluster.reason("RecoveryProven")).isEqualTo("True/Proven");
        put(
                BlobLayout.PROOF,
                new Proof(HEAD, Proof.How.VERIFY, false, "torn", cluster.azure.now(), 5, 5, 1, 2, "0.1.0").toBytes());
        cluster.runFor(Duration.ofMinutes(15));
        assertThat(cluster.reason("RecoveryProven")).isEqualTo("False/DrillFailed");
    }

    @Test
    void eachNewForkIsAnEventAndSoIsTheLastOnesEnd() {
        var before = cluster.status();
        document(each -> each.withLine(each.history(), List.of(fork("forks/x/backup-20261101081000.tar.gz"))));
        cluster.runFor(Duration.ofMinutes(15));
        var one = cluster.status();
        assertThat(reasons(before, one)).contains("ForkDetected");
        document(each -> each.withLine(
                each.history(), List.of(each.forks().getFirst(), fork("forks/y/backup-20261101082000.tar.gz"))));
        cluster.runFor(Duration.ofMinutes(15));
        var two = cluster.status();
        assertThat(reasons(one, two)).contains("ForkDetected");
        assertThat(reasons(two, two)).doesNotContain("ForkDetected");
        document(each -> each.withLine(each.history(), List.of()));
        cluster.runFor(Duration.ofMinutes(15));
        assertThat(reasons(two, cluster.status())).contains("ForksResolved");
    }

    private static List<String> reasons(PolicyStatus before, PolicyStatus after) {
        return Turns.between(before, after).stream().map(Note::reason).toList();
    }

    private static Fork fork(String name) {
        return new Fork(HEAD, "x", Fork.Why.STANDBY, List.of(new Listed(name, "00", 0, 2)));
    }

    private int drills() {
        List<String> found = new ArrayList<>();
        try (var store = FolderStore.open(blobs, cluster.azure::now)) {
            store.list(BlobLayout.CONTROL + "drill-", blob -> found.add(blob.name()));
        }
        return found.size();
    }

    private Optional<RequestStatus> kind(String kind) {
        return cluster.status().requests().stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst();
    }

    private String result() {
        return kind("restore").map(RequestStatus::result).orElse("none");
    }

    private Optional<Pin> pin() {
        return read(BlobLayout.RESTORE).map(bytes -> {
            try {
                return Pin.parse(bytes);
            } catch (JsonFormatException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Optional<byte[]> read(String name) {
        try (var store = FolderStore.open(blobs, cluster.azure::now)) {
            return store.read(name).map(blob -> blob.content());
        }
    }

    private void put(String name, byte[] content) {
        try (var store = FolderStore.open(blobs, cluster.azure::now)) {
            String _ = store.put(name, content, Map.of());
        }
    }

    private void delete(String name) {
        try (var store = FolderStore.open(blobs, cluster.azure::now)) {
            var _ = store.delete(name);
        }
    }

    private void document(UnaryOperator<LineageDocument> change) {
        put(
                BlobLayout.LINEAGE,
                read(BlobLayout.LINEAGE)
                        .map(LineageText::parse)
                        .map(parsed -> ((LineageText.Parsed.Readable) parsed).document())
                        .map(change)
                        .map(LineageText::print)
                        .orElseThrow());
    }
}
