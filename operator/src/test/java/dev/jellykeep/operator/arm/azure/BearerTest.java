package dev.jellykeep.operator.arm.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Base64;
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

    @Test
    void a_token_is_kept_until_shortly_before_its_end() {
        bearer.current();
        time.pass(Duration.ofMinutes(54));
        assertThat(bearer.current().value()).isEqualTo("t1");
        time.pass(Duration.ofMinutes(2));
        assertThat(bearer.current().value()).isEqualTo("t2");
    }

    @Test
    void a_token_that_still_holds_is_used_while_entra_is_down() {
        bearer.current();
        down = true;
        time.pass(Duration.ofMinutes(58));
        assertThat(bearer.current().value()).isEqualTo("t1");
        time.pass(Duration.ofMinutes(2));
        assertThatThrownBy(bearer::current).isInstanceOfSatisfying(FaultException.class, e -> {
            assertThat(e.fault()).isInstanceOf(Fault.NoToken.class);
            assertThat(e.fault().passing()).isTrue();
            assertThat(((Fault.NoToken) e.fault()).why()).isEqualTo("Entra can't be reached (IOException)");
        });
    }

    @Test
    void a_refused_token_is_dropped_but_not_the_one_that_replaced_it() {
        var first = bearer.current();
        bearer.forget(first);
        var second = bearer.current();
        bearer.forget(first);

        assertThat(second.value()).isEqualTo("t2");
        assertThat(bearer.current()).isEqualTo(second);
    }

    @Test
    void a_token_file_that_is_missing_is_named_and_not_waited_for() {
        var without = new Bearer(
                () -> {
                    throw new IllegalStateException("see inner exception", new NoSuchFileException("/var/token"));
                },
                time);

        assertThatThrownBy(without::current).isInstanceOfSatisfying(FaultException.class, e -> {
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
        telling.current();
        bearer.current();

        assertThat(telling.principal()).contains("abc-1");
        assertThat(bearer.principal()).isEmpty();
    }
}
