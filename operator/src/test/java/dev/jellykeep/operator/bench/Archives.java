package dev.jellykeep.operator.bench;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.archive.ArchiveKind;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.store.BlobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A folder as an agent leaves it behind that has sealed its line.
public final class Archives {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'backup-'yyyyMMddHHmmss'.tar.gz'").withZone(ZoneOffset.UTC);
    private static final String DIGEST = "00".repeat(32);

    private Archives() {}

    /// Puts `count` archives, a day apart, and the document that names the newest as its head. Their content is not an
    /// archive's: nobody who only lists and reads the document can tell.
    ///
    /// @param newest when the head was taken
    public static void leave(BlobStore store, AppResourceId app, int count, Instant newest) {
        LineageId lineage = LineageId.ofApp(app);
        List<Listed> line = new ArrayList<>();
        String parent = null;
        for (int number = 1; number <= count; number++) {
            Instant taken = newest.minus(Duration.ofDays(count - number));
            String name = NAME.format(taken);
            store.put(name, new byte[] {1, 2, 3}, facts(lineage, number, parent, taken));
            line.add(new Listed(name, DIGEST, 1, number));
            parent = name;
        }
        store.put(
                BlobLayout.LINEAGE,
                LineageText.print(
                        LineageDocument.fresh(lineage.value(), app.value()).withLine(line, List.of())),
                Map.of());
    }

    private static Map<String, String> facts(LineageId lineage, int number, @Nullable String parent, Instant taken) {
        return new ArchiveFacts(
                        lineage.value(),
                        "jellyfin--first-0",
                        1,
                        number,
                        parent,
                        ArchiveKind.SCHEDULED,
                        taken,
                        DIGEST,
                        DIGEST,
                        4_000_000,
                        120,
                        3,
                        "20250925203415_ExtendPeopleMapKey",
                        "10.11.3",
                        null,
                        null)
                .toMetadata();
    }
}
