package dev.jellykeep.sandbox.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs a stand-in as the program of a container: its folders are those in Jellyfin's own variables, it
/// listens on every address, and `STANDIN_OPTIONS` holds further flags of {@link StandInMain}, with
/// spaces between them.
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
        FLAGS.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            var value = environment.getOrDefault(entry.getKey(), "");
            if (!value.isEmpty()) {
                flags.addAll(List.of(entry.getValue(), value));
            }
        });
        var more = environment.getOrDefault("STANDIN_OPTIONS", "").strip();
        if (!more.isEmpty()) {
            flags.addAll(List.of(more.split("\\s+")));
        }
        return flags;
    }
}
