package dev.jellykeep.operator.arm.azure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static dev.jellykeep.operator.arm.azure.WireMockArm.at;
import static dev.jellykeep.operator.arm.azure.WireMockArm.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.jellykeep.operator.arm.ArmException.Kind;
import dev.jellykeep.operator.arm.Reading;
import dev.jellykeep.operator.arm.WriteOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LostReplyTest extends ArmTest {
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
    void a_read_whose_reply_is_lost_is_asked_again(Fault fault) {
        // The JDK's client asks again by itself, up to 5 times, where nothing of a GET's reply came.
        var lost = aResponse().withFault(fault);
        arm.inTurn(() -> get(at("")), lost, lost, lost, lost, lost, lost, json(Bodies.APP));

        assertThat(arms.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).isNotEmpty();
    }

    @Test
    void a_read_whose_body_is_cut_short_is_asked_again() {
        arm.inTurn(() -> get(at("")), aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), json(Bodies.APP));

        assertThat(arms.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
        assertThat(arms.time.pauses).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK"})
    void a_patch_whose_reply_is_lost_is_never_sent_twice(Fault fault) {
        arm.on(patch(at("")), aResponse().withFault(fault));

        assertThat(arms.api.patch(Arms.APP, PATCH))
                .isInstanceOfSatisfying(
                        WriteOutcome.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("Can't tell whether ARM did patch container app " + Arms.APP)
                                .endsWith("read it again and look."));
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void a_restart_whose_reply_is_lost_does_not_empty_a_second_disk() {
        arm.on(post(at("/revisions/r/restart")), aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThat(arms.api.restart(Arms.APP, "r")).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(arm.requests()).hasSize(1);
    }

    @Test
    void a_reply_that_is_late_counts_as_lost() {
        try (var impatient = Arms.impatient(arm.url())) {
            var late = json(Bodies.APP).withFixedDelay(3 * (int) Arms.TRY.toMillis());
            arm.inTurn(() -> get(at("")), late, json(Bodies.APP));
            arm.on(patch(at("")), late);

            assertThat(impatient.api.app(Arms.APP)).isInstanceOf(Reading.Found.class);
            assertThat(impatient.api.patch(Arms.APP, PATCH)).isInstanceOf(WriteOutcome.Unknown.class);
        }
    }

    @Test
    void a_body_that_never_ends_counts_as_lost() {
        try (var impatient = Arms.impatient(arm.url())) {
            arm.on(get(at("")), json(Bodies.APP).withChunkedDribbleDelay(50, 100_000));

            refusal(Kind.UNREACHABLE, () -> impatient.api.app(Arms.APP));
        }
    }

    @Test
    void a_write_that_never_left_is_not_called_unknown() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        try (var nobody = new Arms(URI.create("http://127.0.0.1:" + free))) {
            assertThat(refusal(Kind.UNREACHABLE, () -> nobody.api.patch(Arms.APP, PATCH))
                            .passing())
                    .isTrue();
        }
    }

    @Test
    void an_interrupted_caller_stays_interrupted() {
        arm.on(get(at("")), json(Bodies.APP));
        Thread.currentThread().interrupt();

        refusal(Kind.UNREACHABLE, () -> arms.api.app(Arms.APP));

        assertThat(Thread.interrupted()).isTrue();
    }
}
