package dev.jellykeep.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerTest {
    @TempDir
    Path folder;

    @Test
    void what_this_process_has_is_not_left() {
        assertThat(Owner.parse(Owner.self().text()).orElseThrow().alive()).isTrue();
    }

    @Test
    void one_that_has_ended_and_that_nobody_has_asked_how_is_dead() throws IOException {
        // the shell becomes a program that never asks for its child, which ends only then: a shell would ask
        var ending = "until grep -q sleep /proc/$PPID/comm; do :; done";
        var command = List.of("sh", "-c", "sh -c '" + ending + "' & echo child $!; exec sleep 60");
        try (var parent = ChildProcess.start(folder, "parent", command, Map.of())) {
            var pid = Long.parseLong(parent.awaitLine(Pattern.compile("^child (\\d+)$"), Duration.ofSeconds(10))
                    .group(1));
            var stat = Path.of("/proc/" + pid + "/stat");
            for (int look = 0; look < 1_000 && !fields(stat)[0].equals("Z"); look++) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            var fields = fields(stat);
            assertThat(fields[0]).as("its state").isEqualTo("Z");
            assertThat(new Owner(pid, Long.parseLong(fields[19])).alive()).isFalse();
        }
    }

    private static String[] fields(Path stat) throws IOException {
        var text = Files.readString(stat);
        return text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    }
}
