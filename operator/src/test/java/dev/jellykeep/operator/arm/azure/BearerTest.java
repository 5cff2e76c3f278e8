package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BearerTest {
    private final TestTime time = new TestTime();
    private final AtomicInteger asked = new AtomicInteger();
    private boolean down;

    private final Bearer bearer = new Bearer(
            () -> {
                if (down) {
                    throw new IllegalStateException("see inner exception", new IOException("connection reset"));
                }
                return new Tokens.Token(
                        "t" + asked.incrementAndGet(), time.instant().plusSeconds(3600));
            },
            time);

    private static Tokens.Token current(Bearer of) {
        try {
            return of.current(Duration.ofSeconds(30));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_source_that_never_answers_does_not_hold_its_callers_for_ever() {
        var silence = new Semaphore(0);
        var silent = new Bearer(
                () -> {
                    silence.acquireUninterruptibly();
                    return new Tokens.Token("late", TestTime.START);
                },
                time);

        assertThatThrownBy(() -> silent.current(Duration.ofMillis(20)))
                .isInstanceOfSatisfying(
                        FaultException.class,
                        e -> assertThat(e.fault().passing()).isTrue());
        silence.release();
    }

    @Test
    void a_token_is_kept_until_shortly_before_its_end() {
        current(bearer);
        time.pass(Duration.ofMinutes(54));
        assertThat(current(bearer).value()).isEqualTo("t1");
        time.pass(Duration.ofMinutes(2));
        assertThat(current(bearer).value()).isEqualTo("t2");
    }

    @Test
    void a_token_that_still_holds_is_used_while_entra_is_down() {
        current(bearer);
        down = true;
        time.pass(Duration.ofMinutes(58));
        assertThat(current(bearer).value()).isEqualTo("t1");
        time.pass(Duration.ofMinutes(2));
        assertThatThrownBy(() -> current(bearer)).isInstanceOfSatisfying(FaultException.class, e -> {
            assertThat(e.fault()).isInstanceOf(Fault.NoToken.class);
            assertThat(e.fault().passing()).isTrue();
            assertThat(((Fault.NoToken) e.fault()).why()).isEqualTo("Entra can't be reached (IOException)");
        });
    }

    @Test
    void a_refused_token_is_dropped_but_not_the_one_that_replaced_it() {
        var first = current(bearer);
        bearer.forget(first);
        var second = current(bearer);
        bearer.forget(first);

        assertThat(second.value()).isEqualTo("t2");
        assertThat(current(bearer)).isEqualTo(second);
    }

    @Test
    void a_token_file_that_is_missing_is_named_and_not_waited_for() {
        var without = new Bearer(
                () -> {
                    throw new IllegalStateException("see inner exception", new NoSuchFileException("/var/token"));
                },
                time);

        assertThatThrownBy(() -> current(without)).isInstanceOfSatisfying(FaultException.class, e -> {
            assertThat(((Fault.NoToken) e.fault()).why()).isEqualTo("/var/token can't be read");
            assertThat(e.fault().passing()).isFalse();
        });
    }

    @Test
    void who_a_token_is_for_is_read_from_it() {
        var claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"oid\":\"abc-1\"}".getBytes(StandardCharsets.UTF_8));
        var telling =
                new Bearer(() -> new Tokens.Token("head." + claims + ".sig", TestTime.START.plusSeconds(60)), time);
        current(telling);
        current(bearer);

        assertThat(telling.principal()).contains("abc-1");
        assertThat(bearer.principal()).isEmpty();
    }
}
