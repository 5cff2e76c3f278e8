package dev.jellykeep.agent.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jellykeep.agent.fixture.Await;
import dev.jellykeep.agent.fixture.Listener;
import dev.jellykeep.contract.json.JsonObject;
import dev.jellykeep.contract.settings.NotifySettings;
import dev.jellykeep.contract.settings.SecretUrl;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Somebody without Kubernetes hears when backups stop; and no backup, no log and no stranger suffers from it.
class WebNoticesTest {
    private static final String SECRET = "5d0c0b2e-secret";

    private final List<String> log = new CopyOnWriteArrayList<>();
    private Listener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new Listener();
    }

    @AfterEach
    void end() {
        listener.close();
    }

    @Test
    void eachGoodBackupPingsAndEachBadOneSaysFail() throws Exception {
        try (WebNotices notices = heartbeat(listener.address("/ping/" + SECRET + "?rid=1"))) {
            notices.good("backup x is the head");
            notices.bad("backup refused (SHRINK): much smaller");
        }
        assertThat(listener.await("GET", "/ping/" + SECRET + "?rid=1").body()).isEmpty();
        assertThat(listener.await("POST", "/ping/" + SECRET + "/fail?rid=1").body())
                .isEqualTo("backup refused (SHRINK): much smaller");
        assertThat(listener.heard()).hasSize(2);
        assertThat(log).isEmpty();
    }

    @Test
    void peopleAreToldWhenItTurnsBadAndWhenItTurnsGoodAndNotEachTime() throws Exception {
        try (WebNotices notices = webhook(listener.address("/family-" + SECRET))) {
            for (String sentence : List.of("one", "two")) {
                notices.good(sentence);
            }
            for (String sentence : List.of("backup failed: three", "four")) {
                notices.bad(sentence);
            }
            notices.good("backup five is the head");
        }
        assertThat(listener.heard())
                .extracting(Listener.Heard::body)
                .containsExactly(
                        "Jellyfin backup of media/family: backup failed: three",
                        "Jellyfin backup of media/family: works again: backup five is the head");
        assertThat(listener.heard().getFirst().contentType()).startsWith("text/plain");
    }

    @ParameterizedTest
    @CsvSource({
        "https://discord.com/api/webhooks/1/x, DISCORD",
        "https://ptb.discord.com/api/webhooks/1/x, DISCORD",
        "https://discord.com/api/webhooks/1/x/slack, SLACK",
        "https://hooks.slack.com/services/T/B/x, SLACK",
        "https://mattermost.example/hooks/x, SLACK",
        "https://ntfy.sh/topic, PLAIN",
        "https://ntfy.example:8443/up, PLAIN",
        "https://discord.com.example/x, PLAIN"
    })
    void eachServiceGetsTheShapeThatItTakes(String address, String shape) {
        assertThat(WebhookShape.of(URI.create(address)).name()).isEqualTo(shape);
    }

    @Test
    void aSentenceIsOneMessageThatMentionsNobody() throws Exception {
        String odd = "line one\nline \"two\" @everyone <!channel> " + "x".repeat(3000);
        JsonObject discord =
                JsonObject.parse(WebhookShape.DISCORD.body(odd).getBytes(StandardCharsets.UTF_8), "discord");
        assertThat(discord.text("content")).startsWith("line one line \"two\"").hasSizeLessThan(2000);
        assertThat(Objects.requireNonNull(discord.optObject("allowed_mentions")).texts("parse"))
                .isEmpty();
        JsonObject slack = JsonObject.parse(WebhookShape.SLACK.body(odd).getBytes(StandardCharsets.UTF_8), "slack");
        assertThat(slack.text("text")).doesNotContain("<!channel>");
        assertThat(WebhookShape.PLAIN.body(odd)).doesNotContain("\n");
    }

    @Test
    void aRedirectIsNotFollowedAndNeitherAddressNorLoginIsLogged() throws Exception {
        listener.answers(302);
        String login = listener.address("/" + SECRET).replace("http://", "http://user:hunter2@");
        try (WebNotices notices = heartbeat(login)) {
            notices.good("x");
            Await.until(() -> "a warning in " + log, () -> !log.isEmpty());
        }
        assertThat(listener.heard()).hasSize(1);
        assertThat(listener.heard().getFirst().login()).startsWith("Basic ");
        assertThat(log).singleElement().asString().contains("302").doesNotContain(SECRET, "hunter2", "elsewhere");
    }

    @Test
    void whatCannotBeReachedIsLoggedWithoutItsAddress() throws Exception {
        for (String address : List.of("http://127.0.0.1:9/" + SECRET, "http://nowhere.invalid/" + SECRET)) {
            log.clear();
            try (WebNotices notices = heartbeat(address)) {
                notices.bad("x");
                Await.until(() -> "a warning in " + log, () -> !log.isEmpty());
            }
            assertThat(log).allSatisfy(line -> assertThat(line).doesNotContain(SECRET));
        }
    }

    @Test
    void aServiceThatNeverAnswersHoldsNobodyUp() throws Exception {
        listener.hangs();
        long began = System.nanoTime();
        try (WebNotices notices = heartbeat(listener.address("/" + SECRET))) {
            int told = 0;
            while (told < 1000
                    && System.nanoTime() - began < Duration.ofSeconds(2).toNanos()) {
                notices.good("x");
                told++;
            }
            assertThat(told).as("told within two seconds").isEqualTo(1000);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(15));
    }

    private WebNotices heartbeat(String address) {
        return notices(new NotifySettings(new SecretUrl(URI.create(address)), null));
    }

    private WebNotices webhook(String address) {
        return notices(new NotifySettings(null, new SecretUrl(URI.create(address))));
    }

    private WebNotices notices(NotifySettings settings) {
        return new WebNotices(
                settings,
                "Jellyfin backup of media/family",
                new WebRequest(_ -> Proxy.NO_PROXY),
                (_, message, details) -> log.add(message + Arrays.toString(details)));
    }
}
