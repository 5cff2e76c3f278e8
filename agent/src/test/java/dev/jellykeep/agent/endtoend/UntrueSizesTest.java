package dev.jellykeep.agent.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the head's metadata say of its size, by which the space for it is judged, and which a stranger may have
/// written.
class UntrueSizesTest {
    @TempDir
    Path work;

    private Installation site;
    private String older;

    @BeforeEach
    void twoArchives() throws IOException {
        site = Installation.in(work).filled();
        site.run("backup").ok();
        older = site.head();
        Files.writeString(site.folders().dataDir().resolve("since"), "s");
        site.run("backup").ok();
        assertThat(site.head()).isNotEqualTo(older);
    }

    @Test
    void anArchiveThatHoldsMoreThanItSaysFillsTheDisk() throws IOException {
        said(bytes -> bytes - 1);
        site.loseDisk();
        site.run("restore").ok().says("it would take more than", older);
        assertThat(site.identity().base()).isEqualTo(older);
    }

    @Test
    void anArchiveThatSaysThatItHoldsMoreThanAnyDiskStopsEveryColdStart() throws IOException {
        said(_ -> 1L << 60);
        site.loseDisk();
        site.run("restore").ok().says("more than its", "can unpack to", older);
        assertThat(site.identity().base()).isEqualTo(older);
    }

    private interface Change {
        long of(long bytes);
    }

    private void said(Change change) {
        String head = site.head();
        byte[] content = site.store().read(head).orElseThrow().content();
        Map<String, String> metadata =
                new HashMap<>(site.store().facts(head).orElseThrow().metadata());
        metadata.compute("bytes", (_, is) -> Long.toString(change.of(Long.parseLong(String.valueOf(is)))));
        String _ = site.store().put(head, content, metadata);
    }
}
