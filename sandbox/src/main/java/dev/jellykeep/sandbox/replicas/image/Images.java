package dev.jellykeep.sandbox.replicas.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.json.Json;
import dev.jellykeep.sandbox.replicas.image.Image.Listening;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Images by reference. The first that fits, and whose program is there, is it.
public final class Images {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z.-]+)}");

    private final List<Image> all;
    private final Predicate<Path> installed;

    private Images(List<Image> all, Predicate<Path> installed) {
        this.all = List.copyOf(all);
        this.installed = installed;
    }

    /// Reads `{"images": [{"image": PATTERN, "command": […], …}]}`; {@link Image} says what the members
    /// mean.
    ///
    /// @param places what `${name}` stands for; where it is one of several paths, a list with `:`
    ///     between them
    /// @param installed whether a program is there
    /// @throws IllegalArgumentException with one sentence, for a place that nobody knows
    public static Images read(String json, Map<String, String> places, Predicate<Path> installed) {
        var all = new ArrayList<Image>();
        for (var entry : Json.objects(Json.object(json).path("images"))) {
            all.add(image(entry, places));
        }
        return new Images(all, installed);
    }

    /// What runs for a reference; empty where the registry has no such image.
    public Optional<Image> find(String reference) {
        return all.stream()
                .filter(image -> image.fits(reference))
                .filter(image -> image.requires().map(installed::test).orElse(true))
                .findFirst();
    }

    /// These, but for references that another one fits.
    public Images with(Image other) {
        var more = new ArrayList<>(all);
        more.addFirst(other);
        return new Images(more, installed);
    }

    /// These, where ports are mapped: each says in its variables where it listens; without those that can't be told.
    public Images outspoken() {
        return new Images(
                all.stream()
                        .filter(image -> image.listening().movable())
                        .map(Image::outspoken)
                        .toList(),
                installed);
    }

    private static Image image(ObjectNode entry, Map<String, String> places) {
        var readable = new ArrayList<Path>();
        for (var text : texts(entry.path("readable"), places)) {
            for (var path : text.split(":", -1)) {
                readable.add(Path.of(path));
            }
        }
        var folder = Json.text(entry, "folder");
        return new Image(
                Json.text(entry, "image"),
                text(entry, "requires").map(Path::of),
                texts(entry.path("command"), places),
                texts(entry.path("arguments"), places),
                entry.path("user").asInt(0),
                text(entry, "userFrom"),
                Path.of(folder.isEmpty() ? "/" : folder),
                variables(entry, places),
                readable,
                texts(entry.path("volumes"), places).stream().map(Path::of).toList(),
                listening(entry.path("listening"), places));
    }

    private static Listening listening(JsonNode entry, Map<String, String> places) {
        var ports = new TreeSet<Integer>();
        entry.path("ports").forEach(port -> ports.add(port.asInt()));
        return new Listening(ports, variables(entry, places));
    }

    private static Map<String, String> variables(JsonNode entry, Map<String, String> places) {
        var variables = new LinkedHashMap<String, String>();
        for (var variable : entry.path("variables").properties()) {
            variables.put(variable.getKey(), filled(variable.getValue().asText(), places));
        }
        return variables;
    }

    private static Optional<String> text(ObjectNode entry, String name) {
        return Optional.of(Json.text(entry, name)).filter(text -> !text.isEmpty());
    }

    private static List<String> texts(JsonNode list, Map<String, String> places) {
        var texts = new ArrayList<String>();
        list.forEach(item -> texts.add(filled(item.asText(), places)));
        return texts;
    }

    private static String filled(String text, Map<String, String> places) {
        return PLACE.matcher(text).replaceAll(found -> {
            var place = places.get(found.group(1));
            if (place == null) {
                throw new IllegalArgumentException("The images name a place ${" + found.group(1) + "}: use one of "
                        + places.keySet().stream().sorted().toList() + ".");
            }
            return Matcher.quoteReplacement(place);
        });
    }
}
