package dev.jellykeep.operator.desired;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jellykeep.contract.settings.Setting;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a container tells Jellyfin about one of its folders. Jellyfin takes an argument before a
/// variable.
///
/// @param path null where nothing is told, or it comes from a secret
/// @param source what tells it, for sentences
/// @param secret whether it comes from a secret
record StatedFolder(@Nullable String path, String source, boolean secret) {
    private static final Set<String> DATA_OPTIONS = Set.of("--datadir", "-d");
    private static final Set<String> CONFIG_OPTIONS = Set.of("--configdir", "-c");

    static StatedFolder data(JsonNode container) {
        return of(container, Setting.DATA_DIR.env(), DATA_OPTIONS);
    }

    static StatedFolder config(JsonNode container) {
        return of(container, Setting.CONFIG_DIR.env(), CONFIG_OPTIONS);
    }

    private static StatedFolder of(JsonNode container, String variable, Set<String> options) {
        boolean ownCommand = !Members.list(container, "command").isEmpty();
        List<String> words = Stream.concat(
                        Members.texts(container, "command").stream(), Members.texts(container, "args").stream())
                .toList();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.indexOf('=');
            // A shell has a -c of its own.
            if (options.contains(word) && i + 1 < words.size() && (word.startsWith("--") || !ownCommand)) {
                return new StatedFolder(words.get(i + 1), "argument " + word, false);
            }
            if (equals > 0 && word.startsWith("--") && options.contains(word.substring(0, equals))) {
                return new StatedFolder(word.substring(equals + 1), "argument " + word.substring(0, equals), false);
            }
        }
        return new StatedFolder(
                Env.value(container, variable), "variable " + variable, Env.isSecret(container, variable));
    }
}
