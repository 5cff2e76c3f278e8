package dev.jellykeep.sandbox.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a stand-in as the program of a container: its folders are those in Jellyfin's own variables, it
/// listens on every address, and `STANDIN_OPTIONS` holds further flags of {@link StandInMain}, with
/// spaces between them. They win over those of `STANDIN_DEFAULTS`, which the image sets.
public final class StandInContainerMain {
    private static final Map<String, String> FLAGS = Map.of(
            "JELLYFIN_DATA_DIR", "--data-dir",
            "JELLYFIN_CONFIG_DIR", "--config-dir",
            "JELLYFIN_LOG_DIR", "--log-dir",
            "JELLYFIN_CACHE_DIR", "--cache-dir");

    private StandInContainerMain() {}

    public static void main(String[] arguments) {
        var all = new ArrayList<>(flags(System.getenv()));
        all.addAll(List.of(arguments));
        StandInMain.main(all.toArray(String[]::new));
    }

    static List<String> flags(Map<String, String> environment) {
        var flags = new ArrayList<>(List.of("--bind", "all"));
        flags.addAll(words(environment, "STANDIN_DEFAULTS"));
        FLAGS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            var value = environment.getOrDefault(entry.getKey(), "");
            if (!value.isEmpty()) {
                flags.addAll(List.of(entry.getValue(), value));
            }
        });
        flags.addAll(words(environment, "STANDIN_OPTIONS"));
        return flags;
    }

    private static List<String> words(Map<String, String> environment, String name) {
        var text = environment.getOrDefault(name, "").strip();
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }
}
