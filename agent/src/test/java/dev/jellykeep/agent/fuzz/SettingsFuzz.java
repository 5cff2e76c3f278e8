package dev.jellykeep.agent.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.contract.schedule.Schedule;
import dev.jellykeep.contract.settings.Parsed;
import dev.jellykeep.contract.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The environment, `NAME=VALUE` between NULs: a sentence for each problem; without problems, the same settings again
/// from the variables that they make.
class SettingsFuzz {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @FuzzTest(maxDuration = "10m")
    void settings(byte[] data) {
        Map<String, String> environment = new HashMap<>();
        for (String line : new String(data, StandardCharsets.UTF_8).split("\0", -1)) {
            String[] parts = line.split("=", 2);
            environment.put(parts[0], parts.length == 2 ? parts[1] : "");
        }
        Parsed parsed = Settings.fromEnv(environment);
        parsed.problems().forEach(problem -> {
            if (!problem.sentence().matches("[^\\p{Cntrl}]+\\.")) {
                throw new AssertionError("no sentence: " + problem.sentence());
            }
        });
        Settings settings = parsed.settings();
        if (parsed.problems().isEmpty()
                && !Settings.fromEnv(settings.toEnv()).settings().equals(settings)) {
            throw new AssertionError("other settings from " + settings.toEnv());
        }
        use(settings);
    }

    private static void use(Settings settings) {
        Schedule schedule =
                new Schedule(settings.schedule().interval(), settings.schedule().initialDelay());
        if (!schedule.nextAfter(NOW, new Random(1)).isAfter(NOW)) {
            throw new AssertionError("the next backup is not after the last");
        }
        Globs globs = settings.globs().globs("data");
        for (String path : List.of("data/library/a/film.nfo", "log/log.txt", "ü/[x]{y}")) {
            if (globs.skips(path) && globs.selects(path + "/below")) {
                throw new AssertionError(path + " is skipped, and what is below it is not");
            }
        }
    }
}
