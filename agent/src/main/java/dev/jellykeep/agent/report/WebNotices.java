package dev.jellykeep.agent.report;

import dev.jellykeep.contract.settings.NotifySettings;
import dev.jellykeep.contract.settings.SecretUrl;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A heartbeat after every backup, and a sentence when it turns bad or good again, each by a request of its own on one
/// thread. What can't be delivered is logged without the address, and forgotten.
public final class WebNotices implements Notices, AutoCloseable {
    private static final int MOST_WAITING = 16;
    private static final Duration TO_END = Duration.ofSeconds(3);

    private final NotifySettings settings;
    private final String who;
    private final WebRequest requests;
    private final Journal journal;
    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread = Thread.ofPlatform().name("notices").daemon().unstarted(this::deliver);
    private volatile boolean ending;
    private volatile boolean isBad;

    /// @param who what sentences begin with, so that people know which server they are about
    public WebNotices(NotifySettings settings, String who, WebRequest requests, Journal journal) {
        this.settings = settings;
        this.who = who;
        this.requests = requests;
        this.journal = journal;
        thread.start();
    }

    @Override
    public void good(String sentence) {
        SecretUrl heartbeat = settings.heartbeat();
        if (heartbeat != null) {
            later("heartbeat", () -> requests.get(heartbeat.value()));
        }
        if (isBad) {
            isBad = false;
            tell("works again: " + sentence);
        }
    }

    @Override
    public void bad(String sentence) {
        SecretUrl heartbeat = settings.heartbeat();
        if (heartbeat != null) {
            URI fail = failing(heartbeat.value());
            later("heartbeat", () -> requests.post(fail, "text/plain; charset=utf-8", sentence));
        }
        if (!isBad) {
            isBad = true;
            tell(sentence);
        }
    }

    private void tell(String sentence) {
        SecretUrl webhook = settings.webhook();
        if (webhook != null) {
            WebhookShape shape = WebhookShape.of(webhook.value());
            later(
                    "webhook",
                    () -> requests.post(webhook.value(), shape.contentType(), shape.body(who + ": " + sentence)));
        }
    }

    /// The convention of healthchecks.io: `/fail` after the path.
    static URI failing(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceFirst("/+$", "");
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + "/fail" + query);
    }

    private interface Delivery {
        /// @return the status of the answer
        int send() throws IOException;
    }

    private void later(String what, Delivery delivery) {
        if (!waiting.offer(() -> send(what, delivery))) {
            journal.debug("notification left out: many wait", "what", what);
        }
    }

    private void send(String what, Delivery delivery) {
        String trouble = trouble(delivery);
        if (trouble != null) {
            journal.warn("notification not delivered", "what", what, "why", trouble);
        }
    }

    /// In our own words: an exception's message may hold the address.
    private static @Nullable String trouble(Delivery delivery) {
        try {
            int status = delivery.send();
            return status >= 200 && status < 300
                    ? null
                    : "the service answered " + status
                            + (status >= 300 && status < 400
                                    ? ": write the address that it redirects to"
                                    : ": look at its address");
        } catch (IOException | RuntimeException e) {
            return "the service could not be reached (" + e.getClass().getSimpleName() + ")";
        }
    }

    private void deliver() {
        try {
            while (!ending || !waiting.isEmpty()) {
                Runnable next = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (next != null) {
                    next.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives what waits a few seconds.
    @Override
    public void close() {
        ending = true;
        try {
            if (!thread.join(TO_END)) {
                journal.debug("notifications left out at the end", "waiting", waiting.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
