package dev.jellykeep.agent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.archive.ArchiveWriter;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.agent.snapshot.ScanReader;
import dev.jellykeep.agent.snapshot.ScannedFile;
import dev.jellykeep.agent.snapshot.Scanner;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails once at any call that a snapshot makes to read.
class PassingFaultTest {
    private static final int MORE_THAN_FITS_MEMORY = 5 << 20;

    private static final ArchiveHeader HEADER = new ArchiveHeader(
            new UUID(0, 1),
            "replica-1",
            1,
            1,
            null,
            ArchiveKind.SCHEDULED,
            "10.11.0",
            new Roles("data", "config"),
            Instant.EPOCH,
            "0.1.0");

    @TempDir
    Path folder;

    private Path root;
    private Path attacked;
    private Path work;

    @BeforeEach
    void aServersData() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        attacked = new AttackedProvider(FileSystems.getDefault().provider()).getPath(root.toUri());
        work = Files.createDirectory(folder.resolve("work"));
        JellyfinFolders data = ServerData.copyTo(root);
        Files.createSymbolicLink(data.dataDir().resolve("link"), Path.of("device.txt"));
        Files.write(data.dataDir().resolve("large"), new byte[MORE_THAN_FITS_MEMORY]);
    }

    @Test
    void aFileThatTheDiskFailsToShowOnceIsNotLeftOutOfTheArchive() throws Exception {
        Attack counted = new Attack(attacked, Attack.Kind.NONE, 0);
        List<String> whole = saved(counted);
        assertThat(whole).hasSizeGreaterThan(20).noneMatch(line -> line.startsWith("skipped"));
        int calls = counted.calls().size();
        assertThat(calls).isGreaterThan(whole.size());
        for (int at = 1; at <= calls; at++) {
            assertThat(saved(new Attack(attacked, Attack.Kind.FAIL, at)))
                    .as(counted.calls().get(at - 1).what())
                    .isEqualTo(whole);
        }
    }

    private List<String> saved(Attack attack) throws Exception {
        List<String> saved = new ArrayList<>();
        Throwable[] failed = {null};
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                attack.on(() -> save(saved));
            } catch (IOException | RuntimeException | Error e) {
                failed[0] = e;
            }
        });
        thread.join();
        assertThat(failed[0]).isNull();
        return saved;
    }

    private void save(List<String> saved) {
        try {
            Scan scan = Scanner.scan(
                    new DataRoot(attacked, HEADER.roles()),
                    new Globs(List.of(), List.of(), "data"),
                    work.resolve("spool"));
            scan.skipped().forEach(each -> saved.add("skipped " + each));
            try (ArchiveWriter archive = new ArchiveWriter(OutputStream.nullOutputStream(), HEADER, work, 1, _ -> {});
                    ScanReader reader = ScanReader.of(scan)) {
                for (Optional<ScannedFile> next = reader.next(); next.isPresent(); next = reader.next()) {
                    ScannedFile file = next.get();
                    saved.add(file.path() + " " + file.type() + " " + file.target());
                    if (file.type() == EntryType.FILE) {
                        ArchiveWriter.Stored stored = archive.file(attacked.resolve(file.path()), file.path())
                                .orElseThrow();
                        saved.add(stored.digest() + " " + stored.moved());
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
