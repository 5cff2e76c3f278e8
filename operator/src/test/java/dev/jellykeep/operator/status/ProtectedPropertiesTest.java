package dev.jellykeep.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.protection.Protection;
import dev.jellykeep.operator.archives.ArchivesView;
import dev.jellykeep.operator.arm.Replica;
import dev.jellykeep.operator.decide.Case;
import dev.jellykeep.operator.decide.Running;
import dev.jellykeep.operator.decide.Situation;
import dev.jellykeep.operator.decide.Situations;
import dev.jellykeep.operator.desired.LiveInjection;
import dev.jellykeep.operator.desired.Presence;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds in every situation, by seeds; `-Dseed=42` runs that one.
class ProtectedPropertiesTest {
    private static final int ROUNDS = 1500;

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? LongStream.range(0, ROUNDS) : LongStream.of(only);
    }

    private static boolean isTrue(Case at) {
        return ProtectedRule.judge(Ends.of(at)).truth() == Truth.TRUE;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothing_is_called_protected_that_was_not_seen_to_be(long seed) {
        Case at = Situations.random(seed);
        if (!isTrue(at)) {
            return;
        }
        Situation now = at.situation();
        LiveInjection live = LiveInjection.of(now.app()).orElseThrow();
        assertThat(live.presence()).isEqualTo(Presence.WHOLE);
        assertThat(live.writesTo(at.spec.storage())).isTrue();
        assertThat(at.spec.suspend()).isFalse();
        assertThat(now.archives()).isInstanceOf(ArchivesView.Seen.class);
        ArchivesView.Seen seen = (ArchivesView.Seen) now.archives();
        LineageDocument document = seen.document().orElseThrow();
        assertThat(live.lineage()).hasToString(document.lineage().toString());
        assertThat(document.app()).isIn(null, now.appId());
        assertThat(document.forks()).isEmpty();
        assertThat(seen.catalogue().find(document.head().orElseThrow().name())).isPresent();
        List<String> alive = seen.replicas().stream()
                .filter(each -> each.age().compareTo(Duration.ofMinutes(5)) < 0)
                .map(Protection.Replica::report)
                .filter(each -> !each.phase().equals("ended"))
                .map(each -> each.replica())
                .toList();
        assertThat(alive).isEqualTo(document.sealed() ? List.of() : List.of(document.holder()));
        Running running = at.running;
        if (running != null) {
            List<Replica> all = running.all().toList();
            assertThat(document.sealed() ? all : List.of()).isEmpty();
            assertThat(running.anyUnsaved()).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_status_can_be_made_of_everything_and_twice_the_same(long seed) {
        Case at = Situations.random(seed);
        var first = StatusText.of(null, Ends.of(at), at.generation, at.now);
        assertThat(StatusText.of(first, Ends.of(Situations.random(seed)), at.generation, at.now.plusSeconds(60)))
                .isEqualTo(first);
    }

    @Test
    void sealed_and_held_archives_are_both_reached() {
        List<Case> protectedOnes = seeds().mapToObj(Situations::random)
                .filter(ProtectedPropertiesTest::isTrue)
                .toList();
        if (Long.getLong("seed") == null) {
            assertThat(protectedOnes).hasSizeGreaterThan(ROUNDS / 100);
            assertThat(protectedOnes)
                    .anyMatch(each -> ((ArchivesView.Seen) each.archives())
                            .document()
                            .orElseThrow()
                            .sealed());
            assertThat(protectedOnes)
                    .anyMatch(each -> !((ArchivesView.Seen) each.archives())
                            .document()
                            .orElseThrow()
                            .sealed());
        }
    }
}
