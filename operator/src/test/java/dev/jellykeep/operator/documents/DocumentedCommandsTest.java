package dev.jellykeep.operator.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No reader types a command that doesn't exist. What isn't marked is run by `RunnableBlocksTest`.
class DocumentedCommandsTest {
    private static final Set<String> MARKS = Set.of("", "live", "build");
    private static final List<String> OURS = List.of(
            "jellykeep ",
            "./jellykeep ",
            "jellykeep-operator ",
            "./jellykeep-operator ",
            "kubectl ",
            "az ",
            "azd ",
            "helm ");

    private final KnownCommands known = new KnownCommands();

    @Test
    void everyCommandOfABlockExistsWithItsFlags() {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Block block : shell()) {
            for (ShellCommand command : block.commands()) {
                commands++;
                wrong(block, command).ifPresent(why -> wrong.add(block.at() + ": " + why));
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).as("commands that were looked at").isGreaterThan(120);
    }

    @Test
    void everyCommandInASentenceExistsWithItsFlags() {
        List<String> wrong = new ArrayList<>();
        int commands = 0;
        for (Page page : Page.all()) {
            for (String code : page.code()) {
                if (OURS.stream().anyMatch(code::startsWith)) {
                    commands++;
                    ShellCommand.allOf(code).stream()
                            .limit(1)
                            .flatMap(each -> known.wrong(each).stream())
                            .forEach(why -> wrong.add(page.name() + ": `" + code + "`: " + why));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(commands).as("commands that were looked at").isGreaterThan(200);
    }

    @Test
    void everyBlockIsRunOrSaysWhyNot() {
        assertThat(shell())
                .allSatisfy(each -> assertThat(each.mark()).as(each.at()).isIn(MARKS));
        assertThat(shell().stream()
                        .filter(each -> each.mark().equals("live"))
                        .flatMap(each -> each.commands().stream()))
                .as("what is marked live needs something that isn't here")
                .isNotEmpty();
        assertThat(Page.all().stream().flatMap(each -> each.blocks().stream()).map(Block::language))
                .as("shell is written as sh, so that it is looked at")
                .doesNotContain("bash", "shell", "console", "");
    }

    @Test
    void everyLiveBlockIsOnThePageOfWhatToTryLive() throws IOException {
        List<Block> live =
                shell().stream().filter(each -> each.mark().equals("live")).toList();
        assertThat(live).hasSizeGreaterThan(20);
        var file = Page.ROOT.resolve("docs/verify-live.md");
        String made = LiveList.put(Files.readString(file), live);
        if (Boolean.getBoolean("jellykeep.update-docs")) {
            Files.writeString(file, made);
        }
        assertThat(Files.readString(file))
                .as("docs/verify-live.md lacks a live block: run tools/update-docs")
                .isEqualTo(made);
    }

    @Test
    void whatIsWrongIsNoticed() {
        assertThat(Stream.of(
                                "jellykeep restor --folder x",
                                "./jellykeep list --fit 10.10.7",
                                "jellykeep-operator plan -f p.yaml --show-value",
                                "kubectl anotate jbp family a=b",
                                "az containerapp shw -n jellyfin",
                                "az storage blob list --accountname x",
                                "azd upp",
                                "sh -c true && rclone sync a b")
                        .flatMap(each -> ShellCommand.allOf(each).stream())
                        .flatMap(each -> known.wrong(each).stream()))
                .hasSize(8);
    }

    /// The plugin is a script, so that its words have to be in it.
    @Test
    void whatIsWrittenOfThePluginIsInIt() throws IOException {
        Path plugin = Page.ROOT.resolve("plugin/kubectl-jellykeep");
        assumeTrue(Files.exists(plugin), "the plugin isn't there");
        String script = Files.readString(plugin);
        known.commands().stream()
                .filter(each -> each.startsWith("kubectl jellykeep "))
                .forEach(command -> {
                    assertThat(script).as(command).contains(command.substring("kubectl jellykeep ".length()));
                    known.flagsOf(command).stream()
                            .filter(each -> each.startsWith("--"))
                            .forEach(flag -> assertThat(script).as(command).contains(flag));
                });
    }

    @Test
    void aShellsWordsAreRead() {
        assertThat(ShellCommand.allOf("""
                        # a comment
                        A=$(az account show --query 'id # no comment' -o tsv) jellykeep "list me" \\
                          --folder x 2>/dev/null | tail -n 1 && cat <<'EOF' > file
                        rclone in a document
                        EOF
                        while ! test -e x; do sleep 1; done
                        """))
                .extracting(ShellCommand::words)
                .containsExactly(
                        List.of("az", "account", "show", "--query", "id # no comment", "-o", "tsv"),
                        List.of("jellykeep", "list me", "--folder", "x"),
                        List.of("tail", "-n", "1"),
                        List.of("cat"),
                        List.of("test", "-e", "x"),
                        List.of("sleep", "1"));
    }

    private Optional<String> wrong(Block block, ShellCommand command) {
        if (command.program().contains("/") && !command.program().startsWith("./jellykeep")) {
            return Files.exists(Page.ROOT.resolve(command.program()))
                    ? Optional.empty()
                    : Optional.of(command.program() + " isn't there");
        }
        return block.mark().equals("build") && command.program().startsWith("./")
                ? Optional.empty()
                : known.wrong(command);
    }

    private static List<Block> shell() {
        return Page.all().stream()
                .flatMap(each -> each.blocks().stream())
                .filter(each -> each.language().equals("sh"))
                .toList();
    }
}
