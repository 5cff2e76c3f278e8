package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.cli.ExitCode;
import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.agent.fixture.Cli;
import dev.jellykeep.agent.fixture.ServerData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A library under which files are removed and made again, and folders renamed and replaced, while it is saved. Each
/// archive is restored: what nobody has touched is all there, and of the rest there are whole files only.
final class Vanishing {
    private static final int FOLDERS = 12;
    private static final int FILES = 8;
    private static final int LINES = 3000;
    private static final String DRAFT = ".draft";

    private final Path moving;
    private final Path still;
    private final Cli cli;
    private final Path work;
    private final Random random;
    private final Tally tally = new Tally();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final AtomicInteger moves = new AtomicInteger();

    private Vanishing(Path work, long seed) throws IOException {
        this.work = work;
        random = new Random(seed);
        Path root = work.resolve("root");
        Path library = ServerData.copyTo(root).dataDir().resolve("library");
        moving = library.resolve("moving");
        still = library.resolve("still");
        for (int i = 0; i < FOLDERS; i++) {
            for (int j = 0; j < FILES; j++) {
                write(moving.resolve(Integer.toString(i)).resolve(Integer.toString(j)));
                write(still.resolve(Integer.toString(i)).resolve(Integer.toString(j)));
            }
        }
        cli = Cli.at(Files.createDirectories(work.resolve("store")), root).with("JELLYKEEP_APP_HEALTH_URL", "none");
    }

    /// @param work empty folder
    static Torments.Outcome play(Path work, int backups, long seed) throws IOException {
        Vanishing vanishing = new Vanishing(work, seed);
        Thread mover = Thread.ofPlatform().daemon().start(vanishing::moveOn);
        try {
            for (int i = 0; i < backups; i++) {
                vanishing.backup();
            }
        } finally {
            vanishing.over.set(true);
        }
        try {
            mover.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Exception failed = vanishing.failure.get();
        if (failed != null) {
            vanishing.tally.fault("nobody moved any more: " + failed);
        }
        return new Torments.Outcome(vanishing.tally, vanishing.moves + " files and folders moved, seed " + seed);
    }

    private void backup() throws IOException {
        int before = moves.get();
        Cli.Answer answer = cli.run("backup");
        if (answer.code() != ExitCode.OK || moves.get() == before) {
            tally.fault((moves.get() - before) + " moves meanwhile: " + answer);
            return;
        }
        Path back = Files.createDirectory(work.resolve("back"));
        Cli.Answer restored = Cli.at(work.resolve("store"), back)
                .with("JELLYKEEP_APP_HEALTH_URL", "none")
                .run("restore");
        Path library = back.resolve(work.resolve("root").relativize(still.getParent()));
        if (restored.code() != ExitCode.OK) {
            tally.fault("not restored: " + restored);
        } else if (!ServerData.tree(still).equals(ServerData.tree(library.resolve("still")))) {
            tally.fault("of what nobody has touched something is missing");
        } else {
            tally.good();
            requireWhole(library.resolve("moving"));
        }
        Workspace.deleteTree(back);
    }

    private void requireWhole(Path restored) throws IOException {
        for (Map.Entry<String, String> each : ServerData.tree(restored).entrySet()) {
            Path file = restored.resolve(each.getKey());
            boolean draft = each.getKey().endsWith(DRAFT);
            if (!draft && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                String text = Files.readString(file);
                String line = text.lines().findFirst().orElse("");
                if (line.isEmpty() || !text.equals(content(line))) {
                    tally.fault(each.getKey() + " is half of a file");
                }
            }
        }
    }

    private void moveOn() {
        try {
            while (!over.get()) {
                move();
                moves.incrementAndGet();
            }
        } catch (IOException | UncheckedIOException e) {
            failure.set(e);
        }
    }

    private void move() throws IOException {
        Path folder = moving.resolve(Integer.toString(random.nextInt(FOLDERS)));
        Path other = moving.resolve(Integer.toString(random.nextInt(FOLDERS)));
        Path file = folder.resolve(Integer.toString(random.nextInt(FILES)));
        switch (random.nextInt(6)) {
            case 0 -> {
                if (!Files.isSymbolicLink(folder)) {
                    Files.deleteIfExists(file);
                }
            }
            case 1 -> Workspace.deleteTree(folder);
            case 2 -> {
                if (Files.isDirectory(folder) && !Files.exists(other, LinkOption.NOFOLLOW_LINKS)) {
                    Files.move(folder, other);
                }
            }
            case 3 -> {
                if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createSymbolicLink(folder, Path.of("../still"));
                } else if (Files.isSymbolicLink(folder)) {
                    Files.delete(folder);
                }
            }
            default -> {
                if (!Files.isSymbolicLink(folder)) {
                    write(file);
                }
            }
        }
    }

    /// In one move, as whoever wants no half files does.
    private static void write(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Path draft = file.resolveSibling(file.getFileName() + DRAFT);
        Files.writeString(draft, content(file.toString()));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String content(String line) {
        return (line + "\n").repeat(LINES);
    }
}
