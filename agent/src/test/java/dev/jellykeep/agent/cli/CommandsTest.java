package dev.jellykeep.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.lineage.LineageStore;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.sandbox.standin.StandInFacts;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The commands as a person uses them, on data of a server that has ended.
@Execution(ExecutionMode.CONCURRENT)
class CommandsTest {
    private static final String APP =
            "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg/providers/microsoft.app/containerapps/";

    @TempDir
    Path work;

    private Path store;
    private JellyfinFolders folders;
    private Cli cli;
    private LineageStore lineage;

    @BeforeEach
    void data() throws IOException {
        store = Files.createDirectories(work.resolve("store"));
        folders = ServerData.copyTo(Files.createDirectories(work.resolve("root")));
        cli = Cli.at(store, folders.dataDir()).with("JELLYKEEP_APP_HEALTH_URL", "none");
        lineage = new LineageStore(FolderStore.open(store), Duration.ofMinutes(2));
    }

    private LineageDocument document() {
        return lineage.require().document();
    }

    private String head() {
        return document().head().orElseThrow().name();
    }

    private String backup(String news) throws IOException {
        ServerData.touch(folders, news);
        cli.run("backup").expect(ExitCode.OK);
        return head();
    }

    private JsonObject json(String... command) throws Exception {
        return JsonObject.parse(cli.run(command).out().getBytes(StandardCharsets.UTF_8), "answer");
    }

    @Test
    void everyCommandSaysItsVersionAndHelp() {
        for (String command : List.of("restore", "run", "list")) {
            assertThat(new Cli().run(command, "--version").out()).startsWith("jellykeep ");
            assertThat(new Cli().run(command, "--help").out()).contains("--data-dir", "--version");
        }
        assertThat(new Cli().run("--help").out()).contains("restore", "promote");
    }

    @Test
    void listAndShowAndVerifySayTheSameInJson() throws Exception {
        String first = backup("one");
        String second = backup("two");
        List<JsonObject> archives = json("list", "--output", "json").objects("archives");
        assertThat(archives).extracting(each -> each.text("name")).containsExactly(first, second);
        assertThat(archives).extracting(each -> each.text("is")).containsExactly("history", "head");
        JsonObject shown = json("show", second, "--output", "json");
        assertThat(shown.text("parent")).isEqualTo(first);
        assertThat(shown.number("users")).isEqualTo(2);
        assertThat(shown.text("retention")).startsWith("keep: ");
        assertThat(json("verify", "--all", "--output", "json").objects("archives"))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.flag("good", false)).isTrue());
        assertThat(cli.run("list").out()).contains(first, second, "head");
        assertThat(json("backup", "--output", "json").text("result")).isEqualTo("unchanged");
    }

    @Test
    void statusSaysProtectedOrWhyNot() throws Exception {
        assertThat(cli.run("status").expect(ExitCode.NOT_PROTECTED).out()).contains("NOT PROTECTED");
        cli.run("init").expect(ExitCode.OK);
        assertThat(json("status", "--output", "json").text("reason")).isEqualTo("NoBackupYet");
        String head = backup("one");
        // A database that was written a moment ago may still be written: only a later look at still files seals.
        var _ = lineage.apply(at -> at.document().sealed()
                ? new Step.Done()
                : new Step.Write(at.document().withHolder("me", 7).withState(true, null)));
        assertThat(cli.run("status").expect(ExitCode.OK).out())
                .startsWith("PROTECTED")
                .contains(head);
        JsonObject json = json("status", "--output", "json");
        assertThat(json.flag("protected", false)).isTrue();
        assertThat(json.text("wouldRestore")).isEqualTo(head);
        Files.delete(store.resolve(head));
        cli.run("status").expect(ExitCode.NOT_PROTECTED);
        assertThat(json("status", "--output", "json").text("reason")).isEqualTo("HeadMissing");
    }

    @Test
    void aDryRunOfPruneSaysWhyAndChangesNothingAndPruneKeepsItsWord() throws Exception {
        for (String news : List.of("one", "two", "three", "four")) {
            String _ = backup(news);
        }
        for (String rule : List.of("DAILY", "WEEKLY", "MONTHLY")) {
            cli = cli.with("JELLYKEEP_KEEP_" + rule, "0");
        }
        cli = cli.with("JELLYKEEP_KEEP_LAST", "1").with("JELLYKEEP_KEEP_MINIMUM", "1");
        var before = ServerData.tree(store);
        List<JsonObject> verdicts =
                json("prune", "--dry-run", "--output", "json").objects("archives");
        assertThat(ServerData.tree(store)).isEqualTo(before);
        assertThat(verdicts)
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.texts("reasons")).isNotEmpty());
        List<String> kept = verdicts.stream()
                .filter(each -> each.flag("keep", false))
                .map(each -> each.text("name"))
                .toList();
        assertThat(kept).contains(head()).hasSizeLessThan(4);
        cli.run("prune").expect(ExitCode.OK);
        assertThat(document().history()).extracting(listed -> listed.name()).containsExactlyElementsOf(kept);
        assertThat(document().deleting()).isEmpty();
        cli.run("verify", "--all").expect(ExitCode.OK);
    }

    @Test
    void extractGivesTheWholeOrOneFileAndTouchesNoFullFolder() throws Exception {
        String head = backup("words");
        Path whole = work.resolve("whole");
        cli.run("extract", head, whole.toString()).expect(ExitCode.OK);
        StandInFacts facts = StandInFacts.atRest(JellyfinFolders.official(whole));
        assertThat(facts.users()).isEqualTo(2);
        assertThat(facts.integrity()).isEqualTo("ok");
        assertThat(whole.resolve(".jellykeep")).doesNotExist();
        Path one = work.resolve("one");
        cli.run("extract", "--file", "config/note.xml", head, one.toString()).expect(ExitCode.OK);
        assertThat(one.resolve("note.xml")).hasContent("words");
        var before = ServerData.tree(whole);
        cli.run("extract", head, whole.toString()).expect(ExitCode.USAGE);
        assertThat(ServerData.tree(whole)).isEqualTo(before);
    }

    @Test
    void aFileThatTheArchiveDoesNotHoldLeavesNoFolderBehind() throws Exception {
        String head = backup("words");
        Path target = work.resolve("target");
        cli.run("extract", "--file", "config/nothing.xml", head, target.toString())
                .expect(ExitCode.USAGE);
        cli.run("extract", "--file", "../root/config/system.xml", head, target.toString())
                .expect(ExitCode.USAGE);
        assertThat(ServerData.tree(target).keySet()).isSubsetOf("");
    }

    @Test
    void aSuspectIsListedAndPromotedByName() throws Exception {
        Path poster = folders.dataDir().resolve("metadata/poster.bin");
        Files.createDirectories(poster.getParent());
        byte[] noise = new byte[8 << 20];
        new Random(1).nextBytes(noise);
        Files.write(poster, noise);
        String good = backup("one");
        Files.delete(poster);
        Cli.Answer refused = cli.run("backup").expect(ExitCode.REFUSED);
        assertThat(refused.out()).contains("SHRINK", "--accept SHRINK");
        assertThat(head()).isEqualTo(good);
        JsonObject suspect = json("forks", "--output", "json").objects("forks").getFirst();
        assertThat(suspect.text("is")).contains("suspect");
        cli.run("promote", suspect.text("name")).expect(ExitCode.OK);
        assertThat(head()).isEqualTo(suspect.text("name"));
        assertThat(document().sealed()).isTrue();
        cli.run("promote", suspect.text("name")).expect(ExitCode.USAGE);
        assertThat(document().sealed())
                .as("a refused promotion leaves the lineage as it was")
                .isTrue();
    }

    @Test
    void aForkIsPromotedUnlessALiveReplicaHolds() throws Exception {
        String shared = backup("one");
        Path otherRoot = Files.createDirectories(work.resolve("other"));
        Cli other = Cli.at(store, otherRoot).with("JELLYKEEP_APP_HEALTH_URL", "none");
        other.run("restore").expect(ExitCode.OK);
        String first = backup("two");
        var _ = lineage.apply(at -> new Step.Write(
                at.document().withHolder("somebody", at.document().epoch() + 1)));
        ServerData.touch(JellyfinFolders.official(otherRoot), "another branch");
        assertThat(other.run("backup").expect(ExitCode.STORED_AS_FORK).out()).contains("somebody");
        String fork =
                json("forks", "--output", "json").objects("forks").getFirst().text("name");
        assertThat(fork).startsWith("forks/");
        LineageDocument held = document();
        Cli.Answer refused = cli.run("promote", fork).expect(ExitCode.IN_USE);
        assertThat(refused.err().lines()).hasSize(1);
        cli.run("prune").expect(ExitCode.IN_USE);
        assertThat(document()).isEqualTo(held);
        var _ = lineage.apply(at -> new Step.Write(at.document().withState(true, null)));
        cli.run("promote", fork).expect(ExitCode.OK);
        assertThat(head()).isEqualTo(fork);
        assertThat(document().indexInHistory(shared)).isNotNegative();
        assertThat(document().forks())
                .as("what was the head is a fork now")
                .anySatisfy(each -> assertThat(each.tip().name()).isEqualTo(first));
    }

    @Test
    void initTakesTheLineageAndAppItIsGivenAndMovesIt() throws Exception {
        UUID id = UUID.randomUUID();
        cli.run("init", "--lineage", id.toString(), "--app", APP + "first").expect(ExitCode.OK);
        assertThat(document().lineage()).isEqualTo(id);
        assertThat(document().app()).isEqualTo(APP + "first");
        cli.run("init", "--app", APP + "second").expect(ExitCode.LINEAGE);
        cli.run("init", "--app", APP + "second", "--move-to", APP + "second").expect(ExitCode.OK);
        assertThat(document().app()).isEqualTo(APP + "second");
        cli.run("init", "--app", APP + "second").expect(ExitCode.OK);
        var _ = lineage.apply(at -> new Step.Write(at.document().withHolder("somebody", 3)));
        cli.run("init", "--move-to", APP + "third").expect(ExitCode.IN_USE);
        assertThat(document().app()).isEqualTo(APP + "second");
    }
}
