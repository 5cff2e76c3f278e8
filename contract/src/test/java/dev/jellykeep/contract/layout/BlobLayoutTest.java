package dev.jellykeep.contract.layout;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jellykeep.contract.layout.BlobName.ArchiveBlob;
import dev.jellykeep.contract.layout.BlobName.Control;
import dev.jellykeep.contract.layout.BlobName.Foreign;
import dev.jellykeep.contract.layout.BlobName.ForkArchive;
import dev.jellykeep.contract.layout.BlobName.LegacyFolderFile;
import dev.jellykeep.contract.layout.BlobName.Lineage;
import dev.jellykeep.contract.layout.BlobName.LineageAside;
import dev.jellykeep.contract.layout.BlobName.Status;
import dev.jellykeep.contract.layout.BlobName.SuspectArchive;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobLayoutTest {
    private static final ArchiveName ARCHIVE = new ArchiveName(Instant.parse("2025-11-08T03:02:17Z"));
    private static final String REPLICA = "0b8f1f0e-52a5-4a3c-9f0f-3a2f6f6d2c11";

    @Test
    void recognisesEveryNameThatItMakes() {
        assertThat(BlobLayout.classify(ARCHIVE.toString())).isEqualTo(new ArchiveBlob(ARCHIVE));
        assertThat(BlobLayout.classify(BlobLayout.fork(REPLICA, ARCHIVE))).isEqualTo(new ForkArchive(REPLICA, ARCHIVE));
        assertThat(BlobLayout.classify(BlobLayout.suspect(ARCHIVE))).isEqualTo(new SuspectArchive(ARCHIVE));
        assertThat(BlobLayout.classify(BlobLayout.status(REPLICA))).isEqualTo(new Status(REPLICA));
        assertThat(BlobLayout.classify(BlobLayout.LINEAGE)).isEqualTo(new Lineage());
        String aside = BlobLayout.lineageAside("{".getBytes(UTF_8));
        assertThat(BlobLayout.classify(aside)).isEqualTo(new LineageAside(aside));
        assertThat(BlobLayout.classify(BlobLayout.RESTORE)).isEqualTo(new Control("restore.json", null));
    }

    @ParameterizedTest
    @EnumSource
    void recognisesEveryTokenRequest(RequestKind kind) {
        String name = BlobLayout.request(kind, "2026-02-03T04:05:06Z");
        assertThat(BlobLayout.classify(name)).isEqualTo(new Control(name.substring("control/".length()), kind));
    }

    @Test
    void givesAValueOneNameWhateverItContains() {
        assertThat(BlobLayout.request(RequestKind.BACKUP, "abc"))
                .isEqualTo("control/backup-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad.json");
        assertThat(BlobLayout.request(RequestKind.DRILL, "../../lineage.json"))
                .matches("control/drill-[0-9a-f]{64}\\.json");
    }

    @Test
    void hasTheNamesThatTheDesignGives() {
        assertThat(BlobLayout.fork(REPLICA, ARCHIVE)).isEqualTo("forks/" + REPLICA + "/backup-20251108030217.tar.gz");
        assertThat(BlobLayout.status(REPLICA)).isEqualTo("status/" + REPLICA + ".json");
        assertThat(BlobLayout.suspect(ARCHIVE)).isEqualTo("suspect/backup-20251108030217.tar.gz");
        assertThat(BlobLayout.SUSPEND).isEqualTo("control/suspend.json");
    }

    @Test
    void findsTheFolderStyleBackupsOfTheOldScripts() {
        assertThat(BlobLayout.classify("backup-20251108030217/data/jellyfin.db"))
                .isEqualTo(new LegacyFolderFile("backup-20251108030217", "data/jellyfin.db"));
        assertThat(BlobLayout.classify("backup-20251108030217/.jellyfin-data"))
                .isEqualTo(new LegacyFolderFile("backup-20251108030217", ".jellyfin-data"));
    }

    @Test
    void leavesARequestOfANewerKindUnanswered() {
        String file = "defragment-" + "0".repeat(64) + ".json";
        assertThat(BlobLayout.classify("control/" + file)).isEqualTo(new Control(file, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Lineage.json",
                "lineage.json.bak",
                "lineage-aside-1.json",
                "backup-20251108030217",
                "backup-20251108030217/",
                "backup-20251399030217/jellyfin.db",
                "backup-20251108030217.tar.zst",
                "sub/backup-20251108030217.tar.gz",
                "forks/backup-20251108030217.tar.gz",
                "forks/a/b/backup-20251108030217.tar.gz",
                "forks/../backup-20251108030217.tar.gz",
                "forks//backup-20251108030217.tar.gz",
                "suspect/x/backup-20251108030217.tar.gz",
                "suspect/backup-20251108030217.tar.gz.json",
                "status/.json",
                "status/a/b.json",
                "status/a.txt",
                "control/",
                "control/x/restore.json",
            })
    void neverTakesForOursWhatIsNot(String name) {
        assertThat(BlobLayout.classify(name)).isEqualTo(new Foreign(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a.b", "-a", "ä"})
    void refusesAReplicaIdThatWouldEscapeItsFolder(String replica) {
        assertThatThrownBy(() -> BlobLayout.status(replica)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BlobLayout.fork(replica, ARCHIVE)).isInstanceOf(IllegalArgumentException.class);
    }
}
