package dev.jellykeep.contract.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A proof that can't be read proves nothing.
class ProofTest {
    private static final Proof GOOD = new Proof(
            "backup-20260131120000.tar.gz",
            Proof.How.DRILL,
            true,
            "all digests match",
            Instant.parse("2026-01-31T12:00:00Z"),
            1200,
            5_000_000,
            2,
            3,
            "0.1.0");

    @Test
    void itIsReadBackAsItWasLeft() {
        assertThat(Proof.parse(GOOD.toBytes())).contains(GOOD);
    }

    @Test
    void whatCannotBeReadProvesNothing() {
        for (String text : List.of(
                "",
                "{}",
                "{\"format\": 2}",
                new String(GOOD.toBytes(), StandardCharsets.UTF_8).replace("\"drill\"", "\"guess\""))) {
            assertThat(Proof.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .as(text)
                    .isEmpty();
        }
    }

    @Test
    void aBadProofSaysWhatIsWrongAndAGoodOneNothing() {
        assertThat(GOOD.trouble()).isNull();
        Proof bad = new Proof("a", Proof.How.VERIFY, false, "torn", GOOD.at(), 1, 1, 1, -1, "0.1.0");
        assertThat(bad.trouble()).isEqualTo("torn");
    }

    @Test
    void aRecoveryIsMeasuredFromTheRestoresBeginning() {
        var restored = new ReplicaReport.Restored("restored", "a", null, Instant.parse("2026-01-31T12:00:10Z"), 4000);
        assertThat(restored.recovered(Instant.parse("2026-01-31T12:00:40Z")).recovery())
                .isEqualTo(34_000);
        assertThat(restored.recovered(Instant.parse("2026-01-31T11:00:00Z")).recovery())
                .as("a clock that was set back")
                .isEqualTo(4000);
    }

    @Test
    void onlyTheFirstTimeThatTheAppIsFoundHealthyIsItsRecovery() {
        Instant at = Instant.parse("2026-01-31T12:00:10Z");
        var once = new ReplicaReport.Restored("restored", "a", null, at, 4000).recovered(at.plusSeconds(1));
        assertThat(once.recovered(at.plusSeconds(60))).isEqualTo(once);
        var kept = new ReplicaReport.Restored("kept", null, null, at, 0);
        assertThat(kept.recovered(at.plusSeconds(1))).as("nothing was restored").isEqualTo(kept);
    }
}
