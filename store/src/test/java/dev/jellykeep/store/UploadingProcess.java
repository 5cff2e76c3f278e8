package dev.jellykeep.store;

import dev.jellykeep.store.azure.AzureBlobStore;
import dev.jellykeep.store.azure.AzureLocation;
import dev.jellykeep.store.azure.Credential;
import dev.jellykeep.store.azure.OutboundProxy;
import dev.jellykeep.store.folder.FolderStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;

/// A process of its own that uploads: to be killed, or to be kept short of memory.
///
/// Arguments: `die` or `large`, then a connection string and a container, or `-` and a folder. Run by tests only.
public final class UploadingProcess {
    private static final int BLOCK = 4 * 1024 * 1024;
    private static final int LARGE = 200 * 1024 * 1024;

    private UploadingProcess() {}

    static Process start(List<String> jvmOptions, String what, String connectionString, String place)
            throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), UploadingProcess.class.getName()));
        command.addAll(List.of(what, connectionString, place));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Everything it says, up to and including a line with a word in it.
    static String awaitLine(Process process, String word) throws IOException {
        var said = new StringBuilder();
        BufferedReader lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.contains(word)) {
                return said.toString();
            }
        }
        throw new IOException("the process ended without saying '" + word + "'; it said: " + said);
    }

    public static void main(String[] arguments) throws Exception {
        try (var store = arguments[1].equals("-")
                ? FolderStore.open(Path.of(arguments[2]))
                : AzureBlobStore.open(
                        new AzureLocation(null, arguments[2], ""),
                        new Credential.ConnectionString(arguments[1]),
                        OutboundProxy.none(),
                        StoreOptions.defaults())) {
            if (arguments[0].equals("die")) {
                die(store);
            } else {
                large(store);
            }
        }
    }

    private static void die(BlobStore store) throws Exception {
        try (var upload = store.begin("archive", BLOCK)) {
            upload.write(new byte[5 * BLOCK]);
            System.out.println("written");
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    private static void large(BlobStore store) throws IOException {
        var sent = new CRC32();
        try (var upload = store.begin("large", BLOCK)) {
            var random = new Random(20_260_101);
            var piece = new byte[64 * 1024];
            for (var left = LARGE; left > 0; left -= piece.length) {
                random.nextBytes(piece);
                sent.update(piece);
                upload.write(piece);
            }
            upload.commit(Map.of());
        }
        var got = new CRC32();
        try (var in = store.open("large", 0, Long.MAX_VALUE)) {
            var piece = new byte[64 * 1024];
            for (var count = in.read(piece); count >= 0; count = in.read(piece)) {
                got.update(piece, 0, count);
            }
        }
        System.out.println(sent.getValue() == got.getValue() ? "same bytes" : "other bytes");
    }
}
