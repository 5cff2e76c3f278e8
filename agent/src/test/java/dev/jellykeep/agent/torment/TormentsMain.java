package dev.jellykeep.agent.torment;

import dev.jellykeep.agent.data.Workspace;
import dev.jellykeep.sandbox.azurite.Azurite;
import dev.jellykeep.sandbox.writer.Torment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `tools/torments [BACKUPS [ROWS [ONLY]]]`: ends with 1 if anything happened that must not.
final class TormentsMain {
    private static final String HEAP = "96m";
    private static final long GIB = 1L << 30;

    private final Path work;
    private final int backups;
    private final int rows;
    private final String only;
    private int faults;
    private int made;

    private TormentsMain(Path work, int backups, int rows, String only) {
        this.work = work;
        this.backups = backups;
        this.rows = rows;
        this.only = only;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        int backups = number(arguments, 0, 20);
        int rows = number(arguments, 1, 20_000);
        Path work = Files.createTempDirectory("jellykeep-torments-");
        TormentsMain all = new TormentsMain(work, backups, rows, arguments.length > 2 ? arguments[2] : "");
        try {
            all.run();
        } finally {
            Workspace.deleteTree(work);
        }
        System.exit(all.faults == 0 ? 0 : 1);
    }

    private void run() throws IOException, SQLException {
        for (Torment torment : Torment.values()) {
            // each is refused after the half minute that a backup waits for locks
            int count = torment == Torment.EXCLUSIVE ? Math.min(2, backups) : backups;
            step(torment.flag(), at -> Torments.server(at, torment, rows, count));
        }
        step("plugins", at -> Torments.plugins(at, rows, backups));
        step("damaged", at -> Torments.damaged(at, rows, 2, Math.min(5, backups)));
        step("beside-run", at -> Torments.besideRun(at, rows, backups));
        step("vanishing", at -> Vanishing.play(at, backups, 1));
        step("at-once", at -> Torments.atOnce(at, 5));
        if (wanted("sizes")) {
            Path own = Files.createDirectory(work.resolve("sizes"));
            sizes("sizes", own, new Sizes(own, HEAP, false));
        }
        if (wanted("sizes-blob")) {
            sizesInBlob();
        }
        System.out.println(made + " backups were promoted, each extracted and good; " + faults + " faults");
    }

    private interface Step {
        Torments.Outcome in(Path folder) throws IOException, SQLException;
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.equals(name);
    }

    private void step(String name, Step step) throws IOException, SQLException {
        if (!wanted(name)) {
            return;
        }
        Path own = Files.createDirectory(work.resolve(name));
        long began = System.nanoTime();
        Torments.Outcome outcome = step.in(own);
        System.out.println(name + ": " + outcome + "; " + (System.nanoTime() - began) / 1_000_000_000 + " s");
        faults += outcome.tally().faults().size();
        made += outcome.tally().promoted();
        Workspace.deleteTree(own);
    }

    private void sizesInBlob() throws IOException, SQLException {
        Optional<String> missing = Azurite.missing();
        if (missing.isPresent()) {
            System.out.println("sizes-blob: NOT TRIED: " + missing.get());
            return;
        }
        try (Azurite azurite = Azurite.start()) {
            Path own = Files.createDirectory(work.resolve("sizes-blob"));
            Map<String, String> store = Map.of(
                    "AZURE_STORAGE_CONNECTION_STRING",
                    azurite.connectionString(),
                    "JELLYKEEP_CONTAINER",
                    azurite.newContainer());
            sizes("sizes-blob", own, new Sizes(own, HEAP, false, store));
        }
    }

    private void sizes(String name, Path own, Sizes sizes) throws IOException, SQLException {
        sizes.grow(GIB, 2 * GIB);
        Sizes.Ended saved = sizes.backup();
        Sizes.Ended restored = sizes.restore();
        List<String> differences = sizes.differences();
        System.out.printf(
                "%s: %d MiB that can't be compressed, %d MiB of holes, a database of %d MiB, with -Xmx%s: backup %d in %d"
                        + " s, at most %d MiB of memory; restore %d in %d s, at most %d MiB; %d differences by digest%n",
                name,
                GIB >> 20,
                (2 * GIB) >> 20,
                GIB >> 22,
                HEAP,
                saved.code(),
                saved.millis() / 1000,
                saved.peak() >> 10,
                restored.code(),
                restored.millis() / 1000,
                restored.peak() >> 10,
                differences.size());
        if (saved.code() != 0 || restored.code() != 0 || !differences.isEmpty()) {
            faults++;
            System.out.println(saved.said() + restored.said() + differences);
        }
        Workspace.deleteTree(own);
    }

    private static int number(String[] arguments, int index, int otherwise) {
        try {
            return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
        } catch (NumberFormatException e) {
            System.err.println(
                    "torments: " + arguments[index] + " is not a number: write tools/torments [BACKUPS [ROWS [ONLY]]]");
            System.exit(2);
            return otherwise;
        }
    }
}
