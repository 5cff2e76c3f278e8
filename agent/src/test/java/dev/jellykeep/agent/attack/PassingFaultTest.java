package dev.jellykeep.agent.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.AgentException;
import dev.jellykeep.agent.archive.ArchiveWriter;
import dev.jellykeep.agent.data.DataRoot;
import dev.jellykeep.agent.data.Listing;
import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.ServerData;
import dev.jellykeep.agent.restore.IdentityFile;
import dev.jellykeep.agent.restore.LocalData;
import dev.jellykeep.agent.restore.LocalInspection;
import dev.jellykeep.agent.snapshot.Scan;
import dev.jellykeep.agent.snapshot.ScanReader;
import dev.jellykeep.agent.snapshot.ScannedFile;
import dev.jellykeep.agent.snapshot.Scanner;
import dev.jellykeep.agent.snapshot.SystemXml;
import dev.jellykeep.contract.archive.ArchiveHeader;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.archive.EntryType;
import dev.jellykeep.contract.archive.Roles;
import dev.jellykeep.contract.glob.Globs;
import dev.jellykeep.contract.replica.ReplicaIdentity;
import dev.jellykeep.sandbox.standin.JellyfinFolders;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.folder.FolderStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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
            new Roles("", "config"),
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

    private static byte[] large() {
        byte[] large = new byte[MORE_THAN_FITS_MEMORY];
        new Random(1).nextBytes(large);
        return large;
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

    @Test
    void aFolderThatTheDiskFailsToListToItsEndIsAFaultOfTheProgram() throws Exception {
        List<Path> whole = Listing.of(attacked);
        assertThat(whole).isNotEmpty();
        AtomicReference<List<Path>> found = new AtomicReference<>(List.of());
        Attack.Kind[] kinds = {Attack.Kind.FAIL, Attack.Kind.TWICE};
        for (Attack.Kind kind : kinds) {
            Attack attack = new Attack(attacked, kind, 2);
            Thread _ = Thread.ofPlatform().start(() -> listed(attack, found));
            Await.until(() -> "an end", () -> !found.get().isEmpty());
            assertThat(attack.calls().get(1).what()).startsWith("list to the end");
            assertThat(found.getAndSet(List.of())).isEqualTo(kind == Attack.Kind.FAIL ? whole : List.of(folder));
        }
    }

    /// @param found the folder of all in place of what could not be listed
    private void listed(Attack attack, AtomicReference<List<Path>> found) {
        try {
            attack.on(() -> {
                try {
                    found.set(Listing.of(attacked));
                } catch (IOException e) {
                    found.set(List.of(folder));
                } catch (RuntimeException e) {
                    found.set(List.of(work));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aPlaceOfALargeFileThatIsGoneCostsNoMoreThanItself() throws Exception {
        Files.write(root.resolve("data/large"), large());
        Attack counted = new Attack(attacked, Attack.Kind.NONE, 0);
        List<String> whole = saved(counted);
        List<Integer> reads = IntStream.rangeClosed(1, counted.calls().size())
                .filter(at -> counted.calls().get(at - 1).what().equals("read data/large"))
                .boxed()
                .toList();
        int at = reads.get(reads.size() / 2);
        List<String> holed = saved(new Attack(attacked, Attack.Kind.TWICE, at));
        List<String> differ = new ArrayList<>(holed);
        differ.removeAll(whole);
        assertThat(differ)
                .singleElement()
                .satisfies(line -> assertThat(withAHole()).contains(line.split(" ", 2)[0]));
    }

    /// Digests of the file with 64 KiB of zeros behind the first bytes, by which a database would be known.
    private static List<String> withAHole() throws NoSuchAlgorithmException {
        List<String> all = new ArrayList<>();
        for (int from = 16; from < MORE_THAN_FITS_MEMORY; from += 1 << 16) {
            byte[] bytes = large();
            Arrays.fill(bytes, from, Math.min(bytes.length, from + (1 << 16)), (byte) 0);
            all.add(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        return all;
    }

    @Test
    void dataAreNotGivenUpForAFaultThatPasses() throws Exception {
        ReplicaIdentity identity = new ReplicaIdentity(new UUID(0, 2), new UUID(0, 1), null, null, true);
        IdentityFile.write(new DataRoot(root, HEADER.roles()), identity);
        assertThat(LocalInspection.look(new DataRoot(root, HEADER.roles())))
                .isEqualTo(new LocalData.Ours(identity, true));
        noFaultChanges(() -> LocalInspection.look(new DataRoot(attacked, HEADER.roles())));
        Files.delete(root.resolve(ReplicaIdentity.FILE));
        noFaultChanges(() -> LocalInspection.look(new DataRoot(attacked, HEADER.roles())));
        noFaultChanges(() -> SystemXml.wizard(attacked.resolve(HEADER.roles().systemXml())));
    }

    @Test
    void aStoreWhoseDiskFailsLeavesNoBlobOutOfAListing() throws Exception {
        for (String name : List.of("a", "b/c", "d")) {
            try (FolderStore store = FolderStore.open(root)) {
                String _ = store.put(name, new byte[1], Map.of());
            }
        }
        List<String> all = listed(new Attack(attacked, Attack.Kind.NONE, 0));
        Attack counted = new Attack(attacked, Attack.Kind.NONE, 0);
        assertThat(listed(counted)).isEqualTo(all).contains("a", "b/c", "d");
        int refused = 0;
        for (int at = 1; at <= counted.calls().size(); at++) {
            List<String> some = listed(new Attack(attacked, Attack.Kind.FAIL, at));
            refused += some.isEmpty() ? 1 : 0;
            assertThat(some).as(counted.calls().get(at - 1).what()).isIn(all, List.of());
        }
        assertThat(refused).as("refused listings").isPositive();
    }

    /// Empty: it was refused.
    private List<String> listed(Attack attack) throws Exception {
        List<String> names = new ArrayList<>();
        under(attack, () -> {
            try (FolderStore store = FolderStore.open(attacked)) {
                store.list("", blob -> names.add(blob.name()));
            } catch (StoreException refused) {
                names.clear();
            }
        });
        return names;
    }

    private void noFaultChanges(Supplier<Object> question) throws Exception {
        Attack counted = new Attack(attacked, Attack.Kind.NONE, 0);
        Object whole = answer(counted, question);
        assertThat(counted.calls()).isNotEmpty();
        for (int at = 1; at <= counted.calls().size(); at++) {
            assertThat(answer(new Attack(attacked, Attack.Kind.FAIL, at), question))
                    .as(counted.calls().get(at - 1).what())
                    .isEqualTo(whole);
        }
    }

    private static Object answer(Attack attack, Supplier<Object> question) throws Exception {
        List<Object> answers = new ArrayList<>();
        under(attack, () -> {
            try {
                answers.add(question.get());
            } catch (AgentException e) {
                answers.add(String.valueOf(e.getMessage()));
            }
        });
        return answers.getFirst();
    }

    private List<String> saved(Attack attack) throws Exception {
        List<String> saved = new ArrayList<>();
        under(attack, () -> save(saved));
        return saved;
    }

    private static void under(Attack attack, Runnable what) throws Exception {
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                attack.on(what);
                done.complete(null);
            } catch (IOException | RuntimeException | Error e) {
                done.completeExceptionally(e);
            }
        });
        thread.join();
        done.get();
    }

    private void save(List<String> saved) {
        try {
            Scan scan = Scanner.scan(
                    new DataRoot(attacked, HEADER.roles()), new Globs(List.of(), List.of(), ""), work.resolve("spool"));
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
