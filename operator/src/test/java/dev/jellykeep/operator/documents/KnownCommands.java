package dev.jellykeep.operator.documents;

import dev.jellykeep.operator.cli.CommandHelp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What programs take: ours by their own word, others by `documents/commands.txt`.
final class KnownCommands {
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])(--?[A-Za-z][A-Za-z-]*)");
    private static final Pattern PLACEHOLDER = Pattern.compile("[A-Z_]+|…|<.*>|\\$.*");

    /// Command → its flags, and whether each takes a value. `*` as the last word: flags of all commands below.
    private final Map<String, Map<String, Boolean>> known = new LinkedHashMap<>();

    private final Set<String> plain = new LinkedHashSet<>();

    KnownCommands() {
        table();
        agent();
        operator();
    }

    private void table() {
        try (var in = KnownCommands.class.getResourceAsStream("/documents/commands.txt")) {
            if (in == null) {
                throw new IllegalStateException("documents/commands.txt isn't there");
            }
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(each -> !each.isBlank() && !each.startsWith("#"))
                    .toList()) {
                String[] parts = line.split(":", 2);
                if (parts.length == 1) {
                    plain.addAll(List.of(line.strip().split("\\s+")));
                    continue;
                }
                Map<String, Boolean> flags = new HashMap<>();
                Stream.of(parts[1].strip().split("\\s+"))
                        .filter(each -> !each.isEmpty())
                        .forEach(each -> flags.put(each.replace("=", ""), each.endsWith("=")));
                known.put(parts[0].strip(), flags);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// docs/cli.md is the program's own, as CliReferenceTest sees to.
    private void agent() {
        String page = Page.of("docs/cli.md").text();
        Map<String, Boolean> settings =
                flags(page.substring(page.indexOf("\n## Settings"), page.indexOf("\n## Exit codes")));
        for (String section : page.substring(0, page.indexOf("\n## Settings")).split("\n### `jellykeep ", -1)) {
            if (section.startsWith("#")) {
                continue;
            }
            Map<String, Boolean> all = new HashMap<>(settings);
            all.putAll(flags(section));
            all.put("--help", false);
            known.put("jellykeep " + section.split("[ `]", 2)[0], all);
        }
        known.put("jellykeep", Map.of("--help", false, "--version", false));
    }

    private void operator() {
        known.put("jellykeep-operator", flags(CommandHelp.of()));
        for (String command : List.of("run", "plan", "apply", "status", "render", "doctor")) {
            known.put("jellykeep-operator " + command, flags(CommandHelp.of(command)));
        }
    }

    private static Map<String, Boolean> flags(String text) {
        return FLAG.matcher(text)
                .results()
                .map(each -> each.group(1))
                .distinct()
                .collect(Collectors.toMap(each -> each, _ -> false));
    }

    /// Programs of which subcommands and flags are known.
    Set<String> programs() {
        return known.keySet().stream().map(each -> each.split(" ", 2)[0]).collect(Collectors.toSet());
    }

    Set<String> commands() {
        return known.keySet();
    }

    /// @param command one of `commands`
    Set<String> flagsOf(String command) {
        return Objects.requireNonNull(known.get(command)).keySet();
    }

    /// What is wrong with a call.
    Optional<String> wrong(ShellCommand call) {
        String program = call.program().replaceFirst("^\\./", "");
        if (program.matches("\\$.*")) {
            return Optional.empty();
        }
        if (!programs().contains(program)) {
            return plain.contains(program) || PLACEHOLDER.matcher(program).matches()
                    ? Optional.empty()
                    : Optional.of(program + " is no program that is known");
        }
        List<String> words = call.words().subList(1, call.words().size());
        Optional<String> command = command(program, words);
        if (command.isEmpty()) {
            return Optional.of(String.join(" ", call.words()) + ": there is no such command");
        }
        Map<String, Boolean> flags = new HashMap<>(known.getOrDefault(program + " *", Map.of()));
        flags.putAll(known.get(command.get()));
        for (String word : words) {
            if (word.equals("--")) {
                break;
            }
            if (word.startsWith("-") && word.length() > 1 && !flags.containsKey(word.split("=", 2)[0])) {
                return Optional.of(command.get() + " has no " + word);
            }
        }
        return Optional.empty();
    }

    /// The longest that is known, of the words that are neither flags nor their values.
    private Optional<String> command(String program, List<String> words) {
        Map<String, Boolean> everywhere = known.getOrDefault(program + " *", Map.of());
        String found = known.containsKey(program) ? program : null;
        StringBuilder path = new StringBuilder(program);
        boolean value = false;
        boolean named = false;
        for (String word : words) {
            if (value || word.startsWith("-")) {
                value = !value && everywhere.getOrDefault(word, false);
                continue;
            }
            if (!named && PLACEHOLDER.matcher(word).matches()) {
                return Optional.ofNullable(found);
            }
            path.append(' ').append(word);
            String longer = path.toString();
            if (known.containsKey(longer)) {
                found = longer;
                named = true;
            } else if (known.keySet().stream().noneMatch(each -> each.startsWith(longer + " "))) {
                return named ? Optional.ofNullable(found) : Optional.empty();
            }
        }
        return Optional.ofNullable(found);
    }
}
