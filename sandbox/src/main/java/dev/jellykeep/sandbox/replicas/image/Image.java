package dev.jellykeep.sandbox.replicas.image;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What runs for an image.
///
/// @param pattern of references, as in `jellyfin/jellyfin*`; a leading `docker.io/` doesn't count
/// @param requires a program without which this isn't what runs
/// @param command entry point; a template's `command` replaces it, its `args` come after it
/// @param arguments where a template has neither `command` nor `args`
/// @param user number of the user, and of its group, whom the processes of an isolated container belong to
/// @param userFrom variable that names another user, as images with `PUID` have it
/// @param folder where processes start
/// @param variables which a template's variables override
/// @param readable what else it needs of this machine, whoever runs it
/// @param volumes folders that it writes to
/// @param listening on which ports
public record Image(
        String pattern,
        Optional<Path> requires,
        List<String> command,
        List<String> arguments,
        int user,
        Optional<String> userFrom,
        Path folder,
        Map<String, String> variables,
        List<Path> readable,
        List<Path> volumes,
        Listening listening) {
    public Image {
        command = List.copyOf(command);
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
        readable = List.copyOf(readable);
        volumes = List.copyOf(volumes);
    }

    /// The ports that a program listens on where nothing tells it others.
    ///
    /// @param variables that tell it the same in so many words, and its neighbours' ports too; it can't be told
    ///     others where there are none
    public record Listening(Set<Integer> ports, Map<String, String> variables) {
        /// On none.
        public static final Listening NONE = new Listening(Set.of(), Map.of());

        public Listening {
            ports = Set.copyOf(ports);
            variables = Map.copyOf(variables);
        }

        /// Whether it can be made to listen elsewhere.
        boolean movable() {
            return ports.isEmpty() || !variables.isEmpty();
        }
    }

    /// With further variables, which win.
    public Image with(Map<String, String> more) {
        var all = new HashMap<>(variables);
        all.putAll(more);
        return new Image(
                pattern, requires, command, arguments, user, userFrom, folder, all, readable, volumes, listening);
    }

    /// One whose variables say on which ports it listens, so that they can be mapped.
    Image outspoken() {
        return with(listening.variables()).with(variables);
    }

    boolean fits(String reference) {
        var regex = Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        var name = reference.startsWith("docker.io/") ? reference.substring("docker.io/".length()) : reference;
        return Pattern.matches(regex, name);
    }

    /// The command line of a container, as Kubernetes puts it together.
    ///
    /// @param ownCommand the template's `command`
    /// @param ownArguments the template's `args`
    public List<String> commandLine(List<String> ownCommand, List<String> ownArguments) {
        if (!ownCommand.isEmpty()) {
            return Stream.concat(ownCommand.stream(), ownArguments.stream()).toList();
        }
        return Stream.concat(command.stream(), (ownArguments.isEmpty() ? arguments : ownArguments).stream())
                .toList();
    }

    /// Whom the processes of a container with these variables belong to.
    public int user(Map<String, String> environment) {
        var named = userFrom.map(environment::get).filter(text -> text.matches("\\d{1,9}"));
        return named.map(Integer::parseInt).orElse(user);
    }
}
