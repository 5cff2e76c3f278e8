package dev.jellykeep.operator.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.archive.ArchiveFacts;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.LineageText;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.contract.replica.ReplicaReport;
import dev.jellykeep.contract.replica.ReportDraft;
import dev.jellykeep.store.BlobStore;
import dev.jellykeep.store.StoreException;
import dev.jellykeep.store.archives.Reading;
import dev.jellykeep.store.folder.FolderStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchivesObserverTest {
    private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
    private static final UUID LINEAGE = UUID.fromString("09d6bdd3-9aa4-5d99-8a5e-5847923fa62e");
    private static final String R1 = "3f2c1a90-0000-4000-8000-000000000001";

    @TempDir
    private Path folder = Path.of("unset");

    private final List<String> calls = new ArrayList<>();
    private Instant service = START;
    private Instant ours = START.minus(Duration.ofDays(300));
    private @Nullable RuntimeException outage;
    private @Nullable BlobStore store;

    @BeforeEach
    void open() {
        BlobStore real = FolderStore.open(folder, () -> service);
        store = (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (_, method, args) -> {
                    if (outage != null) {
                        throw outage;
                    }
                    calls.add(method.getName() + (args != null && args[0] instanceof String name ? " " + name : ""));
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private BlobStore store() {
        return java.util.Objects.requireNonNull(store);
    }

    private ArchivesObserver observer() {
        return new ArchivesObserver(store(), () -> ours);
    }

    private ArchivesView.Seen look(ArchivesObserver observer) {
        calls.clear();
        return (ArchivesView.Seen) observer.look();
    }

    private void pass(Duration time) {
        service = service.plus(time);
        ours = ours.plus(time);
    }

    private void put(String name, byte[] content) {
        store().put(name, content, Map.of());
    }

    private void report(String phase) {
        ReplicaReport report =
                ReportDraft.blank(R1, null, phase, "agent", null, null).at(service);
        put(BlobLayout.status(R1), report.toBytes());
    }

    private void fill() {
        put(BlobLayout.LINEAGE, LineageText.print(LineageDocument.fresh(LINEAGE, null)));
        report("holding");
        new AgentRequests(store()).suspend(true);
        new AgentRequests(store()).askBackup("before upgrade");
    }

    private Duration age(ArchivesView.Seen seen) {
        return seen.replicas().getFirst().age();
    }

    @Test
    void a_look_sees_document_reports_requests_and_pauses() {
        fill();
        ArchivesView.Seen seen = look(observer());
        assertThat(seen.document()).map(LineageDocument::lineage).contains(LINEAGE);
        assertThat(seen.replicas())
                .map(Protection.Replica::report)
                .map(ReplicaReport::replica)
                .containsExactly(R1);
        assertThat(seen.control())
                .containsExactlyInAnyOrder(BlobLayout.SUSPEND, AgentRequests.backup("before upgrade"));
        assertThat(seen.suspended()).isTrue();
        assertThat(seen.anyoneAlive(Duration.ofMinutes(5))).isTrue();
    }

    @Test
    void an_empty_folder_is_seen_to_be_empty() {
        ArchivesView.Seen seen = look(observer());
        assertThat(seen.reading()).isEqualTo(new Reading.Missing());
        assertThat(seen.document()).isEmpty();
        assertThat(seen.replicas()).isEmpty();
        assertThat(seen.suspended()).isFalse();
    }

    @Test
    void what_did_not_change_is_not_read_again() {
        fill();
        ArchivesObserver observer = observer();
        ArchivesView.Seen first = look(observer);
        assertThat(calls).filteredOn(each -> each.startsWith("read")).hasSize(3);
        pass(Duration.ofMinutes(10));
        ArchivesView.Seen second = look(observer);
        assertThat(calls).containsExactly("list ");
        assertThat(second.document()).isEqualTo(first.document());
        assertThat(second.suspended()).isTrue();
        report("ended");
        assertThat(look(observer).anyoneAlive(Duration.ofMinutes(5))).isFalse();
        assertThat(calls).containsExactlyInAnyOrder("list ", "read " + BlobLayout.status(R1));
    }

    @Test
    void what_is_gone_is_forgotten() {
        fill();
        ArchivesObserver observer = observer();
        look(observer);
        store().delete(BlobLayout.LINEAGE);
        store().delete(BlobLayout.status(R1));
        ArchivesView.Seen seen = look(observer);
        assertThat(seen.reading()).isEqualTo(new Reading.Missing());
        assertThat(seen.replicas()).isEmpty();
    }

    @Test
    void ages_grow_although_nothing_is_read_and_whatever_our_clock_says() {
        report("holding");
        ArchivesObserver observer = observer();
        assertThat(age(look(observer))).isZero();
        pass(Duration.ofMinutes(6));
        assertThat(age(look(observer))).isEqualTo(Duration.ofMinutes(6));
        assertThat(look(observer).at()).isEqualTo(service);
    }

    @Test
    void a_clock_that_jumps_back_makes_no_dead_agent_look_alive() {
        report("holding");
        ArchivesObserver observer = observer();
        look(observer);
        service = service.plus(Duration.ofMinutes(30));
        ours = ours.minus(Duration.ofMinutes(40));
        assertThat(age(look(observer))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void a_clock_that_jumps_ahead_is_set_right_by_the_next_reading() {
        report("holding");
        ArchivesObserver observer = observer();
        look(observer);
        pass(Duration.ofSeconds(30));
        ours = ours.plus(Duration.ofMinutes(50));
        report("holding");
        assertThat(age(look(observer))).isZero();
    }

    @Test
    void a_clock_that_nothing_sets_right_is_not_believed_for_long() {
        report("holding");
        ArchivesObserver observer = observer();
        look(observer);
        service = service.plus(Duration.ofMinutes(90));
        ours = ours.plus(Duration.ofMinutes(80));
        assertThat(age(look(observer))).isEqualTo(Duration.ofMinutes(90));
    }

    @Test
    void a_blob_is_never_from_the_future() {
        ArchivesObserver observer = observer();
        look(observer);
        service = service.plus(Duration.ofMinutes(20));
        new AgentRequests(store()).askBackup("x");
        ArchivesView.Seen seen = look(observer);
        assertThat(seen.at()).isEqualTo(service);
    }

    @Test
    void a_report_that_cannot_be_read_is_not_passed_over() {
        put(BlobLayout.status(R1), "{".getBytes(StandardCharsets.UTF_8));
        ArchivesObserver observer = observer();
        look(observer);
        pass(Duration.ofMinutes(2));
        ArchivesView.Seen seen = look(observer);
        assertThat(seen.replicas()).isEmpty();
        assertThat(seen.unread())
                .containsExactly(new ArchivesView.Seen.Unread(BlobLayout.status(R1), Duration.ofMinutes(2)));
        assertThat(calls).containsExactly("list ");
    }

    @Test
    void a_blob_that_is_too_large_to_be_ours_hides_nothing_else() {
        for (String name : List.of(BlobLayout.LINEAGE, BlobLayout.status(R1), BlobLayout.RESTORE, BlobLayout.SUSPEND)) {
            put(name, new byte[BlobStore.SMALL + 1]);
        }
        ArchivesView.Seen seen = look(observer());
        assertThat(seen.reading()).isInstanceOf(Reading.Unreadable.class);
        assertThat(seen.unread())
                .singleElement()
                .satisfies(each -> assertThat(each.name()).isEqualTo(BlobLayout.status(R1)));
        assertThat(seen.suspended()).isFalse();
    }

    @Test
    void a_document_that_cannot_be_read_is_not_a_missing_one() {
        put(BlobLayout.LINEAGE, "{".getBytes(StandardCharsets.UTF_8));
        assertThat(look(observer()).reading()).isInstanceOf(Reading.Unreadable.class);
        put(BlobLayout.LINEAGE, "{\"format\": 9}".getBytes(StandardCharsets.UTF_8));
        assertThat(look(observer()).reading()).isEqualTo(new Reading.TooNew(9));
    }

    @Test
    void a_pause_that_cannot_be_read_pauses_nothing() {
        put(BlobLayout.SUSPEND, "{".getBytes(StandardCharsets.UTF_8));
        assertThat(look(observer()).suspended()).isFalse();
        new AgentRequests(store()).suspend(true);
        assertThat(look(observer()).suspended()).isTrue();
        new AgentRequests(store()).suspend(false);
        assertThat(look(observer()).suspended()).isFalse();
    }

    @Test
    void a_document_that_is_there_is_never_replaced() {
        AgentRequests requests = new AgentRequests(store());
        requests.create(LineageDocument.fresh(LINEAGE, "app"));
        requests.create(LineageDocument.fresh(UUID.fromString(R1), "other"));
        assertThat(look(observer()).document()).contains(LineageDocument.fresh(LINEAGE, "app"));
    }

    @Test
    void archives_are_catalogued_by_the_same_listing() {
        store().put("backup-20261120110000.tar.gz", new byte[9], Map.of(ArchiveFacts.MARK, "99"));
        put("backup-20251108030217/jellyfin.db", new byte[1]);
        put("photo.jpg", new byte[1]);
        ArchivesView.Seen seen = look(observer());
        assertThat(seen.catalogue().archives()).containsOnlyKeys("backup-20261120110000.tar.gz");
        assertThat(seen.catalogue().isLegacyFolder("backup-20251108030217")).isTrue();
        assertThat(calls).containsExactly("list ", "serviceTime");
    }

    @ParameterizedTest
    @EnumSource(StoreException.Kind.class)
    void what_cannot_be_seen_is_hidden_and_says_why(StoreException.Kind kind) {
        outage = new StoreException(kind, "what, on what, what to do", null);
        assertThat(observer().look())
                .isEqualTo(new ArchivesView.Hidden(
                        switch (kind) {
                            case UNREACHABLE, NO_SUCH_HOST -> "StorageUnreachable";
                            case UNAUTHORIZED, FORBIDDEN, NO_CREDENTIAL -> "StorageForbidden";
                            case NO_CONTAINER -> "ContainerNotFound";
                            case IMMUTABLE -> "ImmutabilityMisconfigured";
                            case NOT_FOUND, CHANGED, MISMATCH, INVALID -> "StorageRefused";
                        },
                        "what, on what, what to do"));
    }

    @Test
    void an_outage_that_ends_is_over() {
        fill();
        ArchivesObserver observer = observer();
        outage = new StoreException(StoreException.Kind.UNREACHABLE, "timeout", null);
        assertThat(observer.look()).isInstanceOf(ArchivesView.Hidden.class);
        outage = null;
        assertThat(look(observer).document()).isPresent();
    }

    @Test
    void the_newest_answer_and_the_newest_failure_count() {
        ReplicaReport older = ReportDraft.of(ReportDraft.blank("a", null, "ended", "agent", null, null))
                .answer(new ReplicaReport.Answer("r", "fork", null, START.minusSeconds(60)))
                .restore(new ReplicaReport.Restored("failed", null, "why", START.minusSeconds(60), 1))
                .build();
        ReplicaReport newer = ReportDraft.of(ReportDraft.blank("b", null, "holding", "agent", null, null))
                .answer(new ReplicaReport.Answer("r", "promoted", "x", START))
                .restore(new ReplicaReport.Restored("restored", "x", null, START, 1))
                .build();
        put(BlobLayout.status("a"), older.toBytes());
        assertThat(look(observer()).failedRestore())
                .map(ArchivesView.Seen.FailedRestore::restore)
                .isEqualTo(Optional.ofNullable(older.restore()));
        put(BlobLayout.status("b"), newer.toBytes());
        ArchivesView.Seen seen = look(observer());
        assertThat(seen.answer("r")).map(ReplicaReport.Answer::result).contains("promoted");
        assertThat(seen.answer("s")).isEmpty();
        assertThat(seen.failedRestore()).isEmpty();
    }
}
